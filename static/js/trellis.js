// What every page shares. All of it is an extra: each link and form works without it.
document.addEventListener("submit", (event) => {
  // What was typed offline is confidential: it goes when the person signs out.
  if (event.target.matches("[data-sign-out]")) sessionStorage.clear();
});
