"""How fast the program is: `make bench`, or `BENCH=quick make bench` without the long articles and with fewer repeats.

Everything runs on this machine, on a database of its own, in a few minutes. Machines differ and are shared: beside each
figure stands how long the login page took at the same time, and what the machine was loaded with.
"""
