package embedded

import "syscall"

// endWithParent has the kernel shut the server down (fast shutdown) when the supervisor dies, however it dies.
func endWithParent(attr *syscall.SysProcAttr) { attr.Pdeathsig = syscall.SIGINT }
