// Renews the list of calls while something in it is in progress.
const list = document.getElementById("list");
const news = document.getElementById("news");
const EVERY = 3000;

const moving = () => list.firstElementChild?.dataset.moving === "yes";
const states = () => [...list.querySelectorAll(".status")].map((it) => it.textContent).join();

async function renew() {
  const address = new URL(location.href);
  address.searchParams.set("fragment", "1");
  const answer = await fetch(address, { credentials: "same-origin" });
  // An answer from elsewhere is the login page: the session has ended.
  if (!answer.ok || answer.redirected) return;
  const before = states();
  const focused = document.activeElement?.closest?.("#list a")?.getAttribute("href");
  list.innerHTML = await answer.text();
  if (focused) list.querySelector(`a[href="${CSS.escape(focused)}"]`)?.focus();
  if (before !== states()) news.textContent = "The list of calls has changed.";
}

setInterval(() => {
  if (!document.hidden && (moving() || !list.querySelector(".call-row"))) renew().catch(() => {});
}, EVERY);
