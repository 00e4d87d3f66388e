"""Independent oracles: dense brute force written from docs/certificate.md alone, sharing no code with the product."""
