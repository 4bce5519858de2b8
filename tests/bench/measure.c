/* measure.c - run a program and say what it took: "wall user system peak status".
 *
 * Seconds, and kilobytes of memory at its peak. What the program prints goes to a file that is
 * thrown away: to some, /dev/null says that nobody reads.
 *
 *     measure PROGRAM [ARGUMENT]...
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double seconds(struct timeval time)
{
    return (double)time.tv_sec + (double)time.tv_usec / 1e6;
}

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static void become(char **argv, FILE *printed)
{
    if (dup2(fileno(printed), STDOUT_FILENO) >= 0 && dup2(fileno(printed), STDERR_FILENO) >= 0)
        execvp(argv[0], argv);
    _exit(127);
}

int main(int argc, char **argv)
{
    FILE *printed = tmpfile();
    if (argc < 2 || printed == NULL)
        return 2;
    double start = now();
    pid_t child = fork();
    if (child == 0)
        become(argv + 1, printed);
    int status;
    struct rusage used;
    /* ru_maxrss of the children counts the largest, and there is but one. */
    if (child < 0 || waitpid(child, &status, 0) != child || getrusage(RUSAGE_CHILDREN, &used) != 0)
        return 2;
    double wall = now() - start;
    long peak = used.ru_maxrss;
#ifdef __APPLE__
    peak /= 1024; /* there in bytes */
#endif
    printf("%.6f %.6f %.6f %ld %d\n", wall, seconds(used.ru_utime), seconds(used.ru_stime), peak,
           WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
    return 0;
}
