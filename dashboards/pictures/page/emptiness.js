/** Why a panel that was drawn says nothing, if it does not: data that came is not yet a line that is seen. */
export function emptinessOf(element) {
  if (element === null) return 'was not drawn';
  if (/\b(?:NaN|No data|Infinity)\b/.test(element.textContent))
    return `shows "${element.textContent.trim().slice(0, 80)}"`;
  const canvases = [...element.querySelectorAll('canvas')];
  if (canvases.length > 0 && !canvases.some(hasColour)) return 'has axes and nothing drawn on them';
  return undefined;
}

/** Axes, grids and labels are grey; what stands for data is not. */
function hasColour(canvas) {
  if (canvas.width === 0 || canvas.height === 0) return false;
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  for (let at = 0; at < data.length; at += 4) {
    const [red, green, blue, alpha] = [data[at], data[at + 1], data[at + 2], data[at + 3]];
    if (alpha > 100 && Math.max(red, green, blue) - Math.min(red, green, blue) > 40) return true;
  }
  return false;
}
