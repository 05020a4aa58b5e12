// Draws one waveform for each channel from its peaks, and seeks where it is clicked.
export class Waves {
  constructor(section, onSeek) {
    this.canvases = [...section.querySelectorAll("canvas")];
    this.duration = Number(section.dataset.duration);
    this.time = 0;
    this.channels = [];
    for (const canvas of this.canvases) {
      canvas.addEventListener("click", (event) => {
        if (this.duration) onSeek((event.offsetX / canvas.clientWidth) * this.duration);
      });
    }
    new ResizeObserver(() => this.#paint()).observe(section);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.#paint());
    this.#load(section.dataset.peaks);
  }

  async #load(address) {
    const answer = await fetch(address, { credentials: "same-origin" }).catch(() => null);
    if (!answer?.ok) return;
    const peaks = await answer.json();
    this.duration = peaks.duration || this.duration;
    this.channels = peaks.channels;
    this.#paint();
  }

  draw(time) {
    const width = this.canvases[0]?.clientWidth ?? 0;
    const pixel = (at) => Math.round((at / (this.duration || 1)) * width);
    if (pixel(time) === pixel(this.time)) return;
    this.time = time;
    this.#paint();
  }

  #paint() {
    this.canvases.forEach((canvas, place) => this.#one(canvas, this.channels[place]));
  }

  #one(canvas, channel) {
    const scale = devicePixelRatio || 1;
    const [width, height] = [canvas.clientWidth, canvas.clientHeight];
    canvas.width = width * scale;
    canvas.height = height * scale;
    const pen = canvas.getContext("2d");
    pen.scale(scale, scale);
    const style = getComputedStyle(canvas);
    const [played, rest, mark] = ["--lane", "--wave", "--text"].map((name) => style.getPropertyValue(name));
    const head = (this.time / (this.duration || 1)) * width;
    const count = channel?.low.length ?? 0;
    // Quiet voices are drawn as large as loud ones: it is about who speaks when.
    const loudest = count ? Math.max(8, ...channel.high, ...channel.low.map((n) => -n)) : 1;
    for (let x = 0; x < width; x += 3) {
      let size = 0;
      for (let n = Math.floor((x / width) * count); n < Math.min(count, ((x + 3) / width) * count); n += 1) {
        size = Math.max(size, channel.high[n], -channel.low[n]);
      }
      const tall = Math.max(2, (size / loudest) * (height - 4));
      pen.fillStyle = x < head ? played : rest;
      pen.fillRect(x, (height - tall) / 2, 2, tall);
    }
    pen.fillStyle = mark;
    if (head > 0) pen.fillRect(Math.min(head, width - 1.5), 0, 1.5, height);
  }
}
