"""Runs the local Transcribe."""

if __name__ == "__main__":
    # Inside, because the processes that recognise import this module too and need none of it.
    from callscribe.settings import read
    from local.transcribe.server import serve
    from local.transcribe.settings import Settings

    serve(read(Settings))
