import { ThemeContext } from '@grafana/data';
import { GlobalStyles, PanelChrome, PortalContainer } from '@grafana/ui';
import { Component } from 'react';
import { EDGE_TO_EDGE, PANELS } from './panels.jsx';

const MARGIN = 16;
const GAP = 8;
const ROW_HEIGHT = 30;

/** A dashboard as Grafana shows it in kiosk mode: its title, its variables, its panels. */
export function Dashboard({ dashboard, panels, variables, theme, width, period, ...context }) {
  const bottom = Math.max(...panels.map(({ box }) => box.y + box.h));
  return (
    <ThemeContext.Provider value={theme}>
      <GlobalStyles />
      <PortalContainer />
      <div
        id="dashboard"
        style={{
          boxSizing: 'border-box',
          width,
          padding: MARGIN,
          background: theme.colors.background.canvas,
          color: theme.colors.text.primary,
        }}
      >
        <Header {...{ dashboard, variables, theme, period }} />
        <div style={{ position: 'relative', height: bottom * (ROW_HEIGHT + GAP) - GAP }}>
          {panels.map(({ panel, frames, box, problem }) => (
            <Placed key={panel.id} id={panel.id} box={box} width={width - 2 * MARGIN}>
              {(panelWidth, panelHeight) =>
                panel.type === 'row' ? (
                  <h6 style={{ lineHeight: `${panelHeight}px`, margin: 0, fontSize: 16, fontWeight: 500 }}>
                    ⌄ {panel.title}
                  </h6>
                ) : (
                  <Panel {...{ panel, frames, problem, theme, ...context }} width={panelWidth} height={panelHeight} />
                )
              }
            </Placed>
          ))}
        </div>
      </div>
    </ThemeContext.Provider>
  );
}

function Header({ dashboard, variables, theme, period }) {
  const chip = {
    border: `1px solid ${theme.colors.border.weak}`,
    borderRadius: 2,
    background: theme.colors.background.primary,
    padding: '4px 8px',
  };
  return (
    <div style={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 12, marginBottom: 12 }}>
      <span style={{ fontSize: 20, fontWeight: 500 }}>{dashboard.title}</span>
      {variables.shown.map(({ label, text }) => (
        <span key={label} style={{ ...chip, fontSize: 13 }}>
          <span style={{ color: theme.colors.text.secondary }}>{label}</span> {text}
        </span>
      ))}
      <span style={{ ...chip, marginLeft: 'auto', fontSize: 13 }}>{period}</span>
    </div>
  );
}

function Placed({ id, box, width, children }) {
  const column = (width - 23 * GAP) / 24;
  const panelWidth = box.w * column + (box.w - 1) * GAP;
  const panelHeight = box.h * ROW_HEIGHT + (box.h - 1) * GAP;
  const style = {
    position: 'absolute',
    left: box.x * (column + GAP),
    top: box.y * (ROW_HEIGHT + GAP),
    width: panelWidth,
    height: panelHeight,
  };
  return (
    <div data-panel={id} style={style}>
      {children(panelWidth, panelHeight)}
    </div>
  );
}

function Panel({ panel, frames, problem, width, height, ...context }) {
  const Content = PANELS[panel.type];
  const padding = EDGE_TO_EDGE.has(panel.type) ? 'none' : 'md';
  const chrome = { width, height, padding, title: context.fill(panel.title ?? ''), description: panel.description };
  return (
    <PanelChrome {...chrome} displayMode={panel.transparent === true ? 'transparent' : 'default'}>
      {(innerWidth, innerHeight) =>
        problem === undefined ? (
          <Guarded onError={(error) => context.onPanelError(panel, error)}>
            <Content {...{ panel, frames, ...context }} width={innerWidth} height={innerHeight} />
          </Guarded>
        ) : (
          <div
            style={{
              display: 'grid',
              placeItems: 'center',
              height: innerHeight,
              color: context.theme.colors.text.secondary,
            }}
          >
            {problem}
          </div>
        )
      }
    </PanelChrome>
  );
}

class Guarded extends Component {
  state = {};

  static getDerivedStateFromError(error) {
    return { error };
  }

  componentDidCatch(error) {
    this.props.onError(error);
  }

  render() {
    return this.state.error === undefined ? this.props.children : String(this.state.error);
  }
}
