internal import GCSBridge
internal import Linux
internal import Policy
internal import Sandbox

/// Hands the connected control channel over to the front end, for ever.
enum BootBridge {
    static func serve(_ bridge: consuming Descriptor, _ settling: BootSettling) -> Never {
        do throws(Errno) {
            let loop = try EventLoop()
            settling.watch(in: loop)
            try loop.reapChildren()
            let machine = Machine(
                loop: loop, console: { BootLog.line($0) },
                powerOff: { BootDeath.end("the host has asked for it") })
            var effects = machine.effects()
            let hostData = effects.hostData
            // A policy is the door to everything else, and this is asked for before one is put in force.
            effects.hostData = { () throws(EffectError) in
                settling.finish()
                return try hostData()
            }
            #if SimulatedPSP
                let start = effects.startContainer
                effects.startContainer = { (permit) throws(EffectError) in
                    try start(permit)
                    BootLog.memory("after the start of a container")
                }
            #endif
            let sandbox = Sandbox(loop: loop, linkedPolicy: BootPolicy.linked, effects: effects)
            BootLog.milestone("serving")
            try GCSBridge.serve(
                loop: loop, sandbox: sandbox, connected: bridge,
                dial: { () throws(Errno) in try Vsock.connect(port: GCSBridge.port) },
                log: { machine.log($0) })
        } catch {
            BootDeath.end("the event loop failed: \(error.description)")
        }
    }
}
