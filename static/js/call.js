// The live call: every keystroke is kept in this tab until the server has said that it has it.
(() => {
  const form = document.getElementById("call");
  const url = form.dataset.draftUrl;
  const own = ["version", "client", "sequence", "csrfmiddlewaretoken", "checkin", "find"];
  const byId = (id) => document.getElementById(id);
  const [saved, signedOut, conflict] = ["saved", "signed-out", "conflict"].map(byId);
  let dirtySince = 0, timer = 0, sending = false, going = false, theirs = null;

  const typed = () =>
    Object.fromEntries([...new FormData(form)].filter(([name]) => !own.includes(name)));
  const same = (one, other) =>
    [...new Set([...Object.keys(one), ...Object.keys(other)])].every((name) => (one[name] || "") === (other[name] || ""));
  const say = (text) => { if (saved.textContent !== text) saved.textContent = text; };
  const remember = (submitted = false) =>
    sessionStorage.setItem(url, JSON.stringify({ text: typed(), version: form.version.value, submitted }));

  function fill(text) {
    for (const [name, value] of Object.entries(text)) {
      const field = form.elements[name];
      if (!field || own.includes(name)) continue;
      field.value = value;
      if (name === "text" && value) field.closest("details").open = true;
    }
  }

  function later(wait) {
    clearTimeout(timer);
    timer = setTimeout(save, wait);
  }

  async function save(keepalive = false) {
    if (sending || !dirtySince || theirs) return;
    clearTimeout(timer);
    sending = true;
    dirtySince = 0;
    form.sequence.value = Number(form.sequence.value) + 1;
    const sequence = Number(form.sequence.value);
    const body = new URLSearchParams(new FormData(form));
    let answer = null;
    try {
      answer = await fetch(url, {
        method: "POST", body, redirect: "manual", headers: { "X-Trellis-Save": "1" },
        keepalive: keepalive && body.toString().length < 60000,
        signal: AbortSignal.timeout(10000),
      });
    } catch { /* offline, or no answer in time: said below */ }
    sending = false;
    if (answer?.ok) await kept(await answer.json().catch(() => ({})), sequence);
    else await notKept(answer);
  }

  async function kept(said, sequence) {
    if (said.sequence !== sequence) return notKept(null);
    form.version.value = said.version;
    signedOut.hidden = true;
    if (dirtySince) return later(300);
    if (!going) sessionStorage.removeItem(url);  // the page that comes may have been made before this save
    say(`Saved at ${new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", hour12: false })}`);
  }

  async function notKept(answer) {
    dirtySince ||= Date.now();
    if (answer?.status === 409) return disagree(await answer.json());
    say("Not saved yet. Your text is kept in this tab; we keep trying.");
    if (answer?.status === 401) signedOut.hidden = false;
    if (answer?.status === 403) await newToken();
    later(answer?.status === 401 ? 5000 : 2000);
  }

  // Signing in again, in another tab, changes the token that every form carries.
  async function newToken() {
    const answer = await fetch(url, { headers: { "X-Trellis-Save": "1" } }).catch(() => null);
    if (!answer?.ok) return;
    const { token } = await answer.json();
    document.querySelectorAll("[name=csrfmiddlewaretoken]").forEach((field) => { field.value = token; });
  }

  function disagree(said) {
    if (said.finished) {
      say("This call was finished in another window. What you typed since is kept in this tab.");
      return;
    }
    theirs = said;
    byId("conflict-who").textContent = said.by ? `${said.by}, at ${said.at},` : "Another window";
    const mine = typed();
    byId("conflict-texts").replaceChildren(...Object.keys(said.theirs)
      .filter((name) => (said.theirs[name] || "") !== (mine[name] || ""))
      .map((name) => {
        const row = document.createElement("div");
        row.className = "tr-two-texts";
        row.append(...[["Theirs", said.theirs[name]], ["Yours", mine[name]]].map(([who, text]) => {
          const side = document.createElement("p");
          side.textContent = `${who} (${name}): ${text || "—"}`;
          return side;
        }));
        return row;
      }));
    conflict.hidden = false;
    conflict.querySelector("button").focus();
  }

  conflict.addEventListener("click", ({ target }) => {
    const keep = target.dataset.keep;
    if (!keep) return;
    const mine = typed();
    if (keep === "theirs") fill(theirs.theirs);
    if (keep === "both") {
      for (const area of form.querySelectorAll("textarea")) {
        const other = theirs.theirs[area.name] || "";
        const text = mine[area.name] || "";
        if (!text.includes(other)) area.value = other.includes(text) ? other : `${text}\n${other}`;
      }
    }
    form.version.value = theirs.version;
    theirs = null;
    conflict.hidden = true;
    touched();
  });

  function touched() {
    going = false;
    remember();
    dirtySince ||= Date.now();
    if (!theirs) later(Math.max(0, Math.min(1000, 2000 - (Date.now() - dirtySince))));
  }

  form.addEventListener("input", ({ target }) => { if (!own.includes(target.name)) touched(); });
  form.addEventListener("focusout", () => save());
  window.addEventListener("online", () => save());
  window.addEventListener("beforeunload", () => { going = true; });
  document.addEventListener("visibilitychange", () => { if (document.hidden) save(true); });
  form.addEventListener("submit", () => {
    form.sequence.value = Number(form.sequence.value) + 1;
    remember(true);
  });

  // What had not reached the server when this tab was left comes back.
  const left = JSON.parse(sessionStorage.getItem(url) || "null");
  if (left && same(left.text, typed())) sessionStorage.removeItem(url);
  else if (left && left.version === form.version.value) {
    fill(left.text);
    say("Your text that had not been saved is back.");
    touched();
  } else if (left) {
    const now = typed();
    fill(left.text);
    disagree({ theirs: now, version: form.version.value });
  }

  // Keys: Ctrl+Enter finishes; ↓ leaves the challenges for the matches, ↑ and Escape come back.
  const challenges = byId("id_challenges");
  form.addEventListener("keydown", (event) => {
    const { key, target } = event;
    if (key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      form.requestSubmit(form.querySelector("[value=finish]"));
      return;
    }
    const buttons = [...byId("suggestions").querySelectorAll("button")];
    const at = buttons.indexOf(target);
    const leaving = target === challenges && challenges.selectionStart === challenges.value.length;
    if (key === "ArrowDown" && buttons.length && (leaving || at >= 0)) {
      event.preventDefault();
      buttons[Math.min(at + 1, buttons.length - 1)].focus();
    } else if (at >= 0 && (key === "Escape" || key === "ArrowUp")) {
      event.preventDefault();
      (key === "ArrowUp" && at > 0 ? buttons[at - 1] : challenges).focus();
    }
  });

  const status = byId("matches-status");
  let announce = 0;
  form.addEventListener("htmx:afterSwap", ({ target }) => {
    if (target.id !== "suggestions") return;
    const count = target.querySelector("[data-count]")?.dataset.count;
    clearTimeout(announce);
    announce = setTimeout(() => { status.textContent = count ? `${count} matches` : ""; }, 700);
  });
  form.addEventListener("htmx:afterRequest", ({ target, detail }) => {
    if (!detail.successful || target.name !== "attach" || target.value === "support") return;
    target.textContent = "Attached";
    status.textContent = "Attached";
  });

  if (innerWidth < 768) form.querySelector(".tr-context").open = false;

  const opened = Date.parse(form.dataset.opened);
  if (opened) {
    const tick = () => {
      const seconds = Math.max(0, Math.round((Date.now() - opened) / 1000));
      const two = (number) => String(number).padStart(2, "0");
      byId("timer").textContent = seconds < 6 * 3600 ? `${two(Math.floor(seconds / 60))}:${two(seconds % 60)} on call` : "";
    };
    tick();
    setInterval(tick, 1000);
  }
})();
