\\ The rank of a matrix over GF(p) by PARI, in the protocol of benchmarks/worker.py: run() is what each line asks for.
\\ The environment gives FILE (N x N integers of 64 bits), N and P.
default(parisizemax, "2G");
default(nbthreads, 1);
install(FpM_rank, "lGG");
N = eval(getenv("N"));
P = eval(getenv("P"));
entries = apply(eval, externstr(Str("od -An -v -w8 -t d8 ", getenv("FILE"))));
M = matrix(N, N, i, j, entries[(i - 1) * N + j]);
kill(entries);
run() = {
    my(start = getwalltime(), rank = FpM_rank(M, P));
    print("{\"seconds\": ", strprintf("%.3f", (getwalltime() - start) / 1000.), ", \"answer\": ", rank, "}");
};
print("{\"ready\": true}");
