// Quick find: Ctrl-K, or / outside a field, opens the search of the page's head as a dialog; arrows walk its results.
(() => {
  const dialog = document.getElementById("find");
  if (!dialog) return;
  const field = document.getElementById("find-field");
  const slash = document.getElementById("find-slash");
  const hits = () => [...dialog.querySelectorAll("[data-hit]")];
  const fresh = () => dialog.querySelector("[data-query]")?.dataset.query === field.value.trim();

  slash.checked = localStorage.getItem("find-slash") !== "off";
  slash.addEventListener("change", () => localStorage.setItem("find-slash", slash.checked ? "on" : "off"));

  document.addEventListener("keydown", (event) => {
    const { key, target } = event;
    const command = event.ctrlKey || event.metaKey;
    const typing = target.closest?.("input, textarea, select, [contenteditable]");
    const wanted = command ? key.toLowerCase() === "k" : key === "/" && slash.checked && !typing && !event.altKey;
    if (!wanted || document.querySelector("dialog[open]:not(#find)")) return;
    event.preventDefault();
    if (!dialog.open) dialog.showModal();
    field.select();
    field.form.dispatchEvent(new Event("find"));
  });

  dialog.addEventListener("keydown", (event) => {
    const found = hits();
    const at = found.indexOf(event.target);
    if (event.key === "Enter" && event.target === field && fresh() && found.length) {
      event.preventDefault();
      found[0].click();
    } else if (event.key === "ArrowDown" && found.length && (at >= 0 || event.target === field)) {
      event.preventDefault();
      found[Math.min(at + 1, found.length - 1)].focus();
    } else if (event.key === "ArrowUp" && at >= 0) {
      event.preventDefault();
      (found[at - 1] || field).focus();
    }
  });
})();
