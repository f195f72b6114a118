internal import Foundation
package import RegoRuntime

/// What the host's evaluator offers to built-ins: the machine's clock and its time zones.
package enum HostServices {
    /// Puts them into a context.
    package static func install(in context: Context) {
        context.services.clock = { Int(Date().timeIntervalSince1970 * 1_000_000) * 1000 }
        SignatureService.install(in: context)
        context.services.timeZone = { name, seconds in
            let zone = name == "Local" ? TimeZone.current : TimeZone(identifier: name)
            guard let zone else { return nil }
            let moment = Date(timeIntervalSince1970: Double(seconds))
            let offset = zone.secondsFromGMT(for: moment)
            let short = zone.abbreviation(for: moment) ?? ""
            // Where a zone has no short name Foundation writes its distance.
            return (offset, short.hasPrefix("GMT") && offset != 0 ? "" : short)
        }
    }
}
