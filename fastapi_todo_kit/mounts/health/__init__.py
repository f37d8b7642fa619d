"""Whether the kit runs, can work, and which release it is: for orchestrators and load balancers."""
