// Runs in the page: the contrast of each badge among the filters by WCAG 2, against what lies behind it.
(() => {
  const parts = (color) => [...color.matchAll(/[\d.]+/g)].map(Number);
  const light = (color) => {
    const linear = (c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    const [r, g, b] = parts(color).map((c) => linear(c / 255));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (element) => {
    const color = getComputedStyle(element).backgroundColor;
    return parts(color)[3] === 0 ? behind(element.parentElement) : color;
  };
  return [...document.querySelectorAll('.filters .badge')].map((badge) => {
    const [dark, bright] = [light(getComputedStyle(badge).color), light(behind(badge))].sort((a, b) => a - b);
    return { text: badge.textContent, contrast: (bright + 0.05) / (dark + 0.05) };
  });
})();
