internal import Foundation
package import RegoRuntime

/// What the host's evaluator offers to built-ins: the machine's clock and its time zones.
package enum HostServices {
    /// Puts them into a context.
    package static func install(in context: Context) {
        context.services.clock = { Int(Date().timeIntervalSince1970 * 1_000_000) * 1000 }
        SignatureService.install(in: context)
        CertificateService.install(in: context)
        context.services.readYAML = { text in
            do { return .text(try YAMLText.json(text)) } catch {
                return .failed(YAMLText.explanation(error))
            }
        }
        // JSON is YAML: the flow style needs no writer of its own.
        context.services.writeYAML = { .text($0 + "\n") }
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
