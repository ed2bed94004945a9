"""What keeps clients: complaints, questions, ratings, greetings, and how far one's own figures carry; pure."""
