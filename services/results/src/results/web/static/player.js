// Plays the audio, and tells where it is.
const clock = (seconds) => {
  const whole = Math.floor(seconds);
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const two = (n) => String(n).padStart(2, "0");
  return hours ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
};

export class Player {
  onTime = () => {};

  constructor(section) {
    this.audio = section.querySelector("audio");
    this.button = section.querySelector("#play");
    this.now = section.querySelector("#now");
    this.range = section.querySelector("#seek");
    this.button.addEventListener("click", () => this.toggle());
    this.range.addEventListener("input", () => this.seek(Number(this.range.value)));
    section.querySelector("#speed").addEventListener("change", (event) => { this.audio.playbackRate = Number(event.target.value); });
    for (const name of ["play", "pause", "ended"]) this.audio.addEventListener(name, () => this.#changed());
    this.audio.addEventListener("seeked", () => this.#tell());
    this.audio.addEventListener("loadedmetadata", () => {
      if (Number.isFinite(this.audio.duration) && !Number(this.range.max)) this.range.max = this.audio.duration;
      if (this.wanted !== undefined) this.seek(this.wanted);
    });
  }

  get playing() { return !this.audio.paused; }
  get time() { return this.audio.readyState ? this.audio.currentTime : this.wanted ?? 0; }

  play() { this.audio.play().catch(() => {}); }
  toggle() { if (this.playing) this.audio.pause(); else this.play(); }

  seek(seconds) {
    const to = Math.max(0, Math.min(seconds, Number(this.range.max) || seconds));
    // Before its header is read the audio forgets where it was sent.
    this.wanted = this.audio.readyState ? undefined : to;
    if (this.audio.readyState) this.audio.currentTime = to;
    this.#tell(to);
  }

  #changed() {
    this.button.setAttribute("aria-label", this.playing ? "Pause" : "Play");
    this.button.classList.toggle("playing", this.playing);
    if (this.playing) this.#follow();
    else this.#tell();
  }

  #follow() {
    this.#tell();
    if (this.playing) requestAnimationFrame(() => this.#follow());
  }

  #tell(seconds = this.time) {
    this.now.textContent = clock(seconds);
    this.range.value = seconds;
    this.range.setAttribute("aria-valuetext", clock(seconds));
    this.onTime(seconds);
  }
}
