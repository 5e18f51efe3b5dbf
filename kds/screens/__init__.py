"""What each kitchen screen shows and does; the QML only draws it."""
