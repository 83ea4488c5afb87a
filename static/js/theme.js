// Without a chosen theme the page follows the device; set before the first paint, so nothing flashes.
(() => {
  const page = document.documentElement;
  page.classList.add("tr-js");
  if (page.dataset.bsTheme) return;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const follow = () => { page.dataset.bsTheme = dark.matches ? "dark" : "light"; };
  dark.addEventListener("change", follow);
  follow();
})();
