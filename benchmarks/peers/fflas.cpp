// The rank of a matrix over GF(p) by FFLAS-FFPACK, in the protocol of benchmarks/worker.py.
// Usage: fflas FILE N P (FILE: N x N 64-bit residues), or fflas without arguments for its versions.
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <string>
#include <vector>

#include <fflas-ffpack/fflas-ffpack.h>
#include <givaro/modular.h>

extern "C" char *openblas_get_config();
extern "C" char *openblas_get_corename();

int main(int count, char **arguments) {
    if (count != 4) {
        std::printf("%s, %s, core %s\n", __FFLASFFPACK_VERSION, openblas_get_config(), openblas_get_corename());
        return 0;
    }
    const std::size_t n = std::strtoul(arguments[2], nullptr, 10);
    // Modular is faster here than ModularBalanced.
    const Givaro::Modular<double> field(std::atof(arguments[3]));
    std::vector<std::int64_t> entries(n * n);
    std::FILE *file = std::fopen(arguments[1], "rb");
    if (!file || std::fread(entries.data(), sizeof(std::int64_t), n * n, file) != n * n) {
        std::printf("{\"error\": \"cannot read the matrix\"}\n");
        return 0;
    }
    std::fclose(file);
    const std::vector<double> matrix(entries.begin(), entries.end());
    std::printf("{\"ready\": true}\n");
    std::fflush(stdout);
    for (std::string line; std::getline(std::cin, line);) {
        std::vector<double> work(matrix); // the rank overwrites it; copying is not timed
        const auto start = std::chrono::steady_clock::now();
        const std::size_t rank = FFPACK::Rank(field, n, n, work.data(), n);
        const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
        std::printf("{\"seconds\": %.6f, \"answer\": %zu}\n", seconds.count(), rank);
        std::fflush(stdout);
    }
}
