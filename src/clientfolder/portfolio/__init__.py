"""What a client is worth: money, sales and portraits, derived from payments and deals; no disk, no screen."""
