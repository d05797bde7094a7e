namespace DriverMonitor.Camera;

/// <summary>
/// What a decoder needs of the kernel: to read, compute, wait and write. Everything else (sockets, other programs, other
/// processes, files to write) is answered with "not permitted", which ffmpeg takes for a missing comfort.
/// </summary>
internal static class DecoderCalls
{
    /// <summary>O_WRONLY, O_RDWR, O_CREAT, O_TRUNC, and the bit of O_TMPFILE that O_DIRECTORY has not.</summary>
    private const uint NotOnlyRead = 0x400_243;

    /// <summary>Numbers of system calls on x86-64 and on arm64, the most frequent first; -1 where there is none.</summary>
    public static readonly (short X64, short Arm64)[] Allowed =
    [
        (0, 63), (1, 64), (202, 98), (20, 66), (19, 65), // read write futex writev readv
        (228, 113), (230, 115), (35, 101), // clock_gettime clock_nanosleep nanosleep
        (7, -1), (271, 73), (23, -1), (270, 72), // poll ppoll select pselect6
        (9, 222), (10, 226), (11, 215), (12, 214), // mmap mprotect munmap brk
        (25, 216), (28, 233), (149, 228), (150, 229), // mremap madvise mlock munlock
        (3, 57), (4, -1), (5, 80), (6, -1), (8, 62), (262, 79), (332, 291), // close stat fstat lstat lseek newfstatat statx
        (17, 67), (18, 68), (295, 69), (21, -1), (269, 48), (439, 439), // pread64 pwrite64 preadv access faccessat faccessat2
        (89, -1), (267, 78), (79, 17), (217, 61), // readlink readlinkat getcwd getdents64
        (137, 43), (138, 44), (221, 223), // statfs fstatfs fadvise64
        (32, 23), (33, -1), (292, 24), (72, 25), // dup dup2 dup3 fcntl
        (13, 134), (14, 135), (15, 139), // rt_sigaction rt_sigprocmask rt_sigreturn
        (131, 132), (219, 128), // sigaltstack restart_syscall
        (24, 124), (143, 121), (145, 120), // sched_yield sched_getparam sched_getscheduler
        (204, 123), (309, 168), (324, 283), // sched_getaffinity getcpu membarrier
        (39, 172), (110, 173), (186, 178), (111, 155), // getpid getppid gettid getpgrp (getpgid)
        (102, 174), (107, 175), (104, 176), (108, 177), // getuid geteuid getgid getegid
        (63, 160), (96, 169), (97, 163), (98, 165), // uname gettimeofday getrlimit getrusage
        (99, 179), (100, 153), (201, -1), (229, 114), // sysinfo times time clock_getres
        (158, -1), (218, 96), (273, 99), (274, 100), // arch_prctl set_tid_address set_robust_list get_robust_list
        (334, 293), (318, 278), // rseq getrandom
        (60, 93), (231, 94), // exit exit_group
        (59, 221), // execve: the decoder itself begins with it
    ];

    /// <summary>Allowed only with one argument as it is named here.</summary>
    public static readonly (short X64, short Arm64, int Argument, uint Mask, uint Value)[] Narrowed =
    [
        // openat: not to write (O_WRONLY, O_RDWR), make (O_CREAT, O_TMPFILE) or shorten (O_TRUNC) anything
        (257, 56, 2, NotOnlyRead, 0),
        (2, -1, 1, NotOnlyRead, 0), // open
        (56, 220, 0, 0x10_000, 0x10_000), // clone: threads (CLONE_THREAD), no processes
        (157, 167, 0, uint.MaxValue, 15), // prctl: only to name a thread (PR_SET_NAME)
        (302, 261, 0, uint.MaxValue, 0), // prlimit64: its own
    ];

    /// <summary>clone3 hides its flags from a filter. "No such call" makes the C library use clone.</summary>
    public const short Clone3 = 435;
}
