internal import CLinux

// One binary, three lives: init of the guest, the OCI command line, and a container's first stage.
if getpid() == 1 {
    Boot.run()
} else {
    coffer_grow_heap_by(1 << 19)
    exit(OCICommandLine.run(ProgramArguments.all()))
}
