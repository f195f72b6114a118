internal import CLinux

// One binary, four lives: init of the guest, the OCI command line, a container's first stage, and the first process of
// a process namespace that a pod's containers share.
if getpid() != 1 {
    coffer_grow_heap_by(1 << 19)
    exit(OCICommandLine.run(ProgramArguments.all()))
} else if coffer_is_pause() != 0 {
    coffer_pause()
} else {
    Boot.run()
}
