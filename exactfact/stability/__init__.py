"""Constants of stable recovery, certified: singular values of the lifted map, restricted constants, error bounds."""
