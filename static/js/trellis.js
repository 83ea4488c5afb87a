// What every page shares. All of it is an extra: each link and form works without it.
document.addEventListener("submit", (event) => {
  // What was typed offline is confidential: it goes when the person signs out.
  if (event.target.matches("[data-sign-out]")) sessionStorage.clear();
});

// A call that was submitted is on the record once this page says so; then its copy in this tab is not needed.
for (const { dataset } of document.querySelectorAll("[data-kept]")) {
  if (JSON.parse(sessionStorage.getItem(dataset.kept) || "{}").submitted) sessionStorage.removeItem(dataset.kept);
}
