// Charts as SVG text: lines (one series each, logarithmic to the right, from zero upwards) and bars.

const WIDTH = 420;
const HEIGHT = 260;
const MARGIN = { left: 62, right: 18, top: 36, bottom: 44 };

const escape = text => String(text).replace(/[&<>]/g, c => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[c]);

/** The next round number above `value`: 1, 2 or 5 times a power of ten. */
function roundUp(value) {
  const power = 10 ** Math.floor(Math.log10(value || 1));
  return [1, 2, 5, 10].map(factor => factor * power).find(limit => limit >= value);
}

/** A bar for each row, the longest as wide as there is room. */
function barChart({ title, bars }, left, top) {
  const most = Math.max(...bars.map(bar => bar.value)) || 1;
  const height = Math.min(34, (HEIGHT - MARGIN.top - 20) / bars.length);
  const parts = [`<text x="16" y="20" class="title">${escape(title)}</text>`];
  bars.forEach(({ name, value }, i) => {
    const y = MARGIN.top + i * height;
    parts.push(`<text x="16" y="${y + 10}">${escape(name)}: ${escape(Number(value.toPrecision(3)))}</text>`);
    parts.push(`<rect x="16" y="${y + 14}" width="${((WIDTH - 36) * value / most).toFixed(1)}" height="${(height - 20).toFixed(1)}" class="bar"/>`);
  });
  return `<g transform="translate(${left} ${top})">${parts.join('')}</g>`;
}

function chart(one, left, top) {
  return one.bars ? barChart(one, left, top) : lineChart(one, left, top);
}

function lineChart({ title, xLabel, yLabel, points }, left, top) {
  const right = WIDTH - MARGIN.right;
  const bottom = HEIGHT - MARGIN.bottom;
  const yMost = roundUp(Math.max(...points.map(point => point.y)) * 1.1);
  const position = x => Math.log10(Math.max(x, 1));
  const least = position(points[0].x);
  const span = position(points.at(-1).x) - least || 1;
  const toX = x => MARGIN.left + (right - MARGIN.left) * (position(x) - least) / span;
  const toY = y => bottom - (bottom - MARGIN.top) * y / yMost;
  const parts = [`<text x="${MARGIN.left}" y="20" class="title">${escape(title)}</text>`];
  for (let i = 0; i <= 4; ++i) {
    const value = yMost * i / 4;
    parts.push(`<line x1="${MARGIN.left}" x2="${right}" y1="${toY(value)}" y2="${toY(value)}" class="grid"/>`);
    parts.push(`<text x="${MARGIN.left - 6}" y="${toY(value) + 4}" text-anchor="end">${escape(Number(value.toPrecision(3)))}</text>`);
  }
  for (const { x } of points) parts.push(`<text x="${toX(x)}" y="${bottom + 16}" text-anchor="middle">${escape(x)}</text>`);
  parts.push(`<polyline points="${points.map(({ x, y }) => `${toX(x).toFixed(1)},${toY(y).toFixed(1)}`).join(' ')}" class="line"/>`);
  for (const { x, y } of points) parts.push(`<circle cx="${toX(x).toFixed(1)}" cy="${toY(y).toFixed(1)}" r="3"/>`);
  parts.push(`<text x="${(MARGIN.left + right) / 2}" y="${HEIGHT - 8}" text-anchor="middle">${escape(xLabel)}</text>`);
  parts.push(`<text transform="translate(14 ${(MARGIN.top + bottom) / 2}) rotate(-90)" text-anchor="middle">${escape(yLabel)}</text>`);
  return `<g transform="translate(${left} ${top})">${parts.join('')}</g>`;
}

/** Charts side by side, two in a row. Each: { title, xLabel, yLabel, points: [{ x, y }] } or { title, bars: [{ name, value }] }. */
export function charts(list) {
  const rows = Math.ceil(list.length / 2);
  const drawn = list.map((one, i) => chart(one, (i % 2) * WIDTH, Math.floor(i / 2) * HEIGHT));
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${2 * WIDTH}" height="${rows * HEIGHT}" font-family="sans-serif" font-size="11">
<style>.title{font-size:13px;font-weight:bold}.grid{stroke:#ddd}.line{fill:none;stroke:#2563eb;stroke-width:2}circle,.bar{fill:#2563eb}</style>
<rect width="100%" height="100%" fill="white"/>
${drawn.join('\n')}
</svg>
`;
}
