"""What only exists in the release itself, judged before readers are switched to it. Every failure holds the release."""
