/** Every panel with its place. A row that is collapsed in the file is shown open: what is in it has to work too. */
export function layOut(panels) {
  let shift = 0;
  return panels.flatMap((panel) => {
    const { x, y, w, h } = panel.gridPos;
    const placed = { panel, box: { x, y: y + shift, w, h } };
    if (panel.type !== 'row' || panel.collapsed !== true || (panel.panels ?? []).length === 0) return [placed];
    const inner = panel.panels.map((each) => ({ panel: each, box: { ...each.gridPos } }));
    const top = Math.min(...inner.map(({ box }) => box.y));
    const bottom = Math.max(...inner.map(({ box }) => box.y + box.h));
    for (const { box } of inner) box.y += y + shift + 1 - top;
    shift += bottom - top;
    return [placed, ...inner];
  });
}
