"""What people see: the `fengping` command line and the web app; real parts are wired here."""
