"""What docker-compose.yml needs beside the images: who serves which part of AWS, and a phone."""
