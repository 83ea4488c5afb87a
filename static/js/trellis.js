// What every page shares. All of it is an extra: each link and form works without it.
document.addEventListener("submit", (event) => {
  // What was typed offline is confidential: it goes when the person signs out.
  if (event.target.matches("[data-sign-out]")) sessionStorage.clear();
});

// A call that was submitted is on the record once this page says so; then its copy in this tab is not needed.
for (const { dataset } of document.querySelectorAll("[data-kept]")) {
  if (JSON.parse(sessionStorage.getItem(dataset.kept) || "{}").submitted) sessionStorage.removeItem(dataset.kept);
}

// A fragment that did not come is said, not swallowed.
function notDone() {
  const line = document.createElement("p");
  line.className = "tr-message error";
  line.setAttribute("role", "alert");
  line.textContent = "That did not reach the hub, and nothing was changed. Check your connection, then try again.";
  document.getElementById("messages").replaceChildren(line);
  line.scrollIntoView({ block: "nearest" });
}
document.addEventListener("htmx:responseError", notDone);
document.addEventListener("htmx:sendError", notDone);

// A page made for paper has a button that prints it; without script the browser's own does.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// How many rows are ticked, on the button that takes them.
for (const form of document.querySelectorAll("[data-count-ticked]")) {
  const count = () => {
    const ticked = form.querySelectorAll(`[name="${form.dataset.countTicked}"]:checked`).length;
    form.querySelector("[data-ticked]").textContent = ticked || "";
  };
  form.addEventListener("change", count);
  if (form.querySelector("[data-ticked]")) count();
}
