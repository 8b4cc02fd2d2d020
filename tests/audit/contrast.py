"""The contrast of text with its ground, as the browser computes both; also where the system chooses the colours."""

CONTRAST = 4.5  # WCAG 2.2, 1.4.3, for text of any size

# Runs in the page. Gives what is fainter than the argument, how many elements were looked at, and how light the page is.
FAINT_TEXT = """least => {
  const context = document.createElement("canvas").getContext("2d", {willReadFrequently: true});
  const rgba = colour => {
    context.clearRect(0, 0, 1, 1);
    context.fillStyle = colour;
    context.fillRect(0, 0, 1, 1);
    const [red, green, blue, alpha] = context.getImageData(0, 0, 1, 1).data;
    return [red, green, blue, alpha / 255];
  };
  const over = (top, ground, alpha) => ground.map((each, i) => top[i] * alpha + each * (1 - alpha));
  const luminance = colour => {
    const [red, green, blue] = colour.map(each => each / 255)
      .map(each => each <= 0.04045 ? each / 12.92 : ((each + 0.055) / 1.055) ** 2.4);
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const ratio = (one, other) => {
    const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };
  const probe = document.createElement("i");
  probe.style.backgroundColor = "Canvas";
  document.documentElement.append(probe);
  const canvas = rgba(getComputedStyle(probe).backgroundColor).slice(0, 3);
  probe.remove();
  const faults = [];
  let seen = 0;
  for (const element of document.body.querySelectorAll("*")) {
    const text = [...element.childNodes].filter(each => each.nodeType === 3).map(each => each.data).join("").trim();
    if (!text || element.closest(".opening--pictured, .skip, script, svg") || !element.checkVisibility({checkOpacity: true})) continue;
    const chain = [];
    for (let each = element; each; each = each.parentElement) chain.unshift(getComputedStyle(each));
    let ground = canvas, opacity = 1;
    for (const style of chain) {
      const [red, green, blue, alpha] = rgba(style.backgroundColor);
      opacity *= style.opacity;
      ground = over([red, green, blue], ground, alpha * opacity);
    }
    const [red, green, blue, alpha] = rgba(chain.at(-1).color);
    const found = ratio(over([red, green, blue], ground, alpha * opacity), ground);
    seen += 1;
    if (found < least) faults.push(`${found.toFixed(2)} ${element.tagName}.${element.className}: ${text.slice(0, 20)}`);
  }
  return {faults, seen, ground: luminance(rgba(getComputedStyle(document.body).backgroundColor).slice(0, 3))};
}"""
