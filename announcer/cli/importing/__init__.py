"""What `announcer import` shows and asks."""
