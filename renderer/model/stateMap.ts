/**
 * Owns: the drawing of one end's states: places of the nodes, laid by hand so that the way of an ordinary message goes
 * straight down and TLS and signing in stand beside it; and the curve of each edge. Which edges there are says the table.
 */
import { clientEdges, serverEdges, type Edge } from '#shared/smtp/machine/table.ts'
import type { End } from './stateSteps.ts'
import type { TakenEdge } from './stateTrack.ts'
import { edgeWords } from './stateWords.ts'

/** Column from the outer side (0) to the inner (2), row from the top. */
type Place = readonly [column: number, row: number]

const clientPlaces: Readonly<Record<string, Place>> = {
  connecting: [1, 0], greeting: [1, 1], fresh: [1, 2], ready: [1, 3], envelope: [1, 4], content: [1, 6], final: [1, 7], done: [1, 8],
  handshake: [0, 2], starttls: [0, 3], auth: [2, 3], chunks: [2, 5], quit: [0, 7],
} // prettier-ignore
const serverPlaces: Readonly<Record<string, Place>> = {
  connecting: [1, 0], fresh: [1, 2], ready: [1, 3], envelope: [1, 4], addressed: [1, 5], data: [1, 6], commit: [1, 7], done: [1, 8],
  handshake: [0, 2], auth: [2, 3], chunks: [2, 4], chunk: [2, 5], discard: [0, 6],
} // prettier-ignore

export const mapSize = { width: 372, height: 444, nodeWidth: 100, nodeHeight: 28 }
const columns = [52, 186, 320] as const
const firstRow = 16
const rowPitch = 51.5

export interface Spot {
  x: number
  y: number
}

const placesOf = (end: End) => (end === 'client' ? clientPlaces : serverPlaces)

/** Centre of the node with the outer column to the left, as the client is drawn. */
function spotOf(end: End, state: string): Spot {
  const [column, row] = placesOf(end)[state] ?? [1, 0]
  return { x: columns[column]!, y: firstRow + row * rowPitch }
}

/** The server's map is the client's mirrored, so that both TLS sides are outside. */
const mirrored = (end: End, x: number): number => (end === 'client' ? x : mapSize.width - x)

/** Centre of the node as it is drawn. */
export function placeOf(end: End, state: string): Spot {
  const { x, y } = spotOf(end, state)
  return { x: mirrored(end, x), y }
}

export interface DrawnEdge {
  key: string
  path: string
  /** `below`: a second line. */
  label: Spot & { text: string; below: string; side: Side }
  /** How often; 0 when it was never taken. */
  count: number
  /** The first of its takings lies ahead of the cursor. */
  ahead: boolean
}

/** The ordinary ways, drawn faintly also where this dialogue did not go. */
const usual: Readonly<Record<End, ReadonlySet<string>>> = {
  client: new Set(['connecting opened', 'greeting greeted', 'fresh hello', 'ready starttls', 'starttls secure', 'handshake secured', 'ready auth', 'auth answered', 'ready mail', 'envelope go-ahead', 'content end-of-data', 'final answered', 'ready quit', 'quit over', 'envelope chunk', 'chunks last-chunk']),
  server: new Set(['connecting opened', 'fresh hello', 'ready starttls', 'handshake secured', 'ready auth', 'auth answered', 'ready mail', 'envelope rcpt', 'addressed data', 'data end-of-data', 'commit answered', 'data too-big', 'addressed bdat', 'chunk chunk', 'chunks bdat', 'chunk last-chunk', 'ready over']),
} // prettier-ignore

interface Joined {
  edges: Edge[]
  count: number
  first: number
}

/** Edges between the same two states are one line. */
function joined(end: End, taken: ReadonlyMap<string, TakenEdge>): Joined[] {
  const lines = new Map<string, Joined>()
  for (const edge of end === 'client' ? clientEdges : serverEdges) {
    const known = taken.get(`${edge.from} ${edge.on}`)
    if (!known && !usual[end].has(`${edge.from} ${edge.on}`)) continue
    const key = `${edge.from} ${edge.to}`
    const line = lines.get(key) ?? { edges: [], count: 0, first: Infinity }
    // A way that was gone names itself; what is only usual does not stand beside it.
    if (known && line.count === 0) line.edges = []
    if (known || line.count === 0) line.edges.push(edge)
    line.count += known?.count ?? 0
    line.first = Math.min(line.first, known?.first ?? Infinity)
    lines.set(key, line)
  }
  return [...lines.values()]
}

/** Back to itself by what led here: its name stands on that way, and there is no room for it twice. */
const isRepeat = (end: End, edges: readonly Edge[]): boolean =>
  edges.every(
    ({ from, to, on }) =>
      from === to &&
      (end === 'client' ? clientEdges : serverEdges).some(
        (edge) => edge.on === on && edge.to === from && edge.from !== from,
      ),
  )

/** Every line of one end's map, faint ones first so that those taken lie above them. */
export function drawnEdges(end: End, taken: ReadonlyMap<string, TakenEdge>, cursor: number): DrawnEdge[] {
  return joined(end, taken)
    .toSorted((a, b) => Math.min(a.count, 1) - Math.min(b.count, 1))
    .map(({ edges, count, first }) => {
      const { from, to } = edges[0]!
      const { points, ...way } = wayOf(spotOf(end, from), spotOf(end, to))
      const names = [...new Set(edges.map(({ on }) => edgeWords(end, from, on).short))].join(', ')
      return {
        key: `${from} ${to}`,
        path: rounded(points.map(({ x, y }) => ({ x: mirrored(end, x), y }))),
        label: labelOf(end, way, isRepeat(end, edges) ? '' : names, count),
        count,
        ahead: first > cursor,
      }
    })
}

type Side = 'start' | 'middle' | 'end'
interface Way {
  /** Corners from node to node. */
  points: Spot[]
  label: Spot
  side: Side
  /** Characters beside it before another way; what is longer takes two lines. */
  room?: number
}

const figures = new Intl.NumberFormat('en-US', { notation: 'compact', maximumSignificantDigits: 2 })
/** As `×12`, `×1.2K`: five characters at most; the list below the map counts exactly. */
const timesWords = (count: number): string =>
  `×${count < 1000 ? count : count < 1e9 ? figures.format(count) : 'many'}`

/** Its name and how often; of a name that stands elsewhere ('') only how often. */
function labelOf(
  end: End,
  { label: { x, y }, side, room = 99 }: Omit<Way, 'points'>,
  names: string,
  count: number,
): DrawnEdge['label'] {
  const times = count > 1 || names === '' ? timesWords(count) : ''
  const line = [names, times].filter(Boolean).join(' ')
  const stacked = names !== '' && times !== '' && line.length > room
  const flipped = end === 'server' && side !== 'middle' ? (side === 'start' ? 'end' : 'start') : side
  const at = { x: mirrored(end, x), side: flipped }
  return stacked ? { ...at, y: y - 6, text: names, below: times } : { ...at, y, text: line, below: '' }
}

const halfWidth = mapSize.nodeWidth / 2
const halfHeight = mapSize.nodeHeight / 2
const [outer, main, inner] = columns
/** Room for the arrow's head. */
const tip = 2
/** How far a lane between two columns is from the main column's nodes. */
const lane = 19

function wayOf(a: Spot, b: Spot): Way {
  const [dx, dy] = [b.x - a.x, b.y - a.y]
  if (dx === 0 && dy === 0) return loop(a)
  if (dx !== 0) return dy === 0 ? across(a, b) : elbow(a, b)
  if (a.x === main && (dy < 0 || dy > rowPitch * 2.5)) return around(a, b)
  return upright(a, b)
}

/** Along a column. Outside the main one there may be a way back: the two stand apart. */
function upright(a: Spot, b: Spot): Way {
  const dir = Math.sign(b.y - a.y)
  const x = a.x === main ? main : a.x === inner ? inner + dir * 14 : outer
  const points = [{ x, y: a.y + dir * halfHeight }, { x, y: b.y - dir * (halfHeight + tip) }] // prettier-ignore
  const left = a.x === inner && dir < 0
  return {
    points,
    label: { x: x + (left ? -6 : 6), y: (a.y + b.y) / 2 + 4 },
    side: left ? 'end' : 'start',
    room: 9,
  }
}

/** Up, or far down, in a lane beside the main column: back on the inner side, out on the outer one. */
function around(a: Spot, b: Spot): Way {
  const side = b.y < a.y ? 1 : -1
  const [edge, x] = [main + side * halfWidth, main + side * (halfWidth + lane)]
  const shift = side > 0 ? -7 : 10
  const points = [{ x: edge, y: a.y + shift }, { x, y: a.y + shift }, { x, y: b.y + 9 }, { x: edge + side * tip, y: b.y + 9 }] // prettier-ignore
  // Not where another node is beside the lane.
  const back = a.y - b.y < rowPitch * 2.5 ? b.y + halfHeight + 17 : a.y - rowPitch + 4
  const at = side > 0 ? back : b.y - rowPitch * 2.5
  return { points, label: { x: x + side * 5, y: at }, side: side > 0 ? 'start' : 'end', room: 4 }
}

/** Side by side; the way to the inner side runs above the way back. Its name is at the node that is not in the main column. */
function across(a: Spot, b: Spot): Way {
  const dir = Math.sign(b.x - a.x)
  const y = a.y - dir * 5
  const points = [{ x: a.x + dir * halfWidth, y }, { x: b.x - dir * (halfWidth + tip), y }] // prettier-ignore
  const x = a.x === main ? b.x : a.x
  // Below the fourth row another node stands close above.
  const above = dir > 0 && a.y < firstRow + rowPitch * 3.5
  const label = { x: above || dir < 0 ? x : x - 18, y: above ? a.y - halfHeight - 5 : a.y + halfHeight + 12 }
  return { points, label, side: 'middle' }
}

/** Between the main column and another, at its corner: sideways at the main one, upright at the other. */
function elbow(a: Spot, b: Spot): Way {
  const out = a.x === main
  const [near, far] = out ? [a, b] : [b, a]
  const dx = Math.sign(far.x - near.x)
  const dy = Math.sign(far.y - near.y)
  const side = { x: near.x + dx * (halfWidth + (out ? 0 : tip)), y: near.y + (dx > 0 ? 7 : dy * 8) }
  // From the main column to the outer one and far down: by the lane, because others stand in the column.
  if (out && dx < 0 && Math.abs(far.y - near.y) > rowPitch * 2) return byLane(a, b)
  const top = { x: far.x + 10, y: far.y - dy * (halfHeight + (out ? tip : 0)) }
  const points = [side, { x: top.x, y: side.y }, top]
  return {
    points: out ? points : points.toReversed(),
    label: { x: top.x + 6, y: (side.y + far.y) / 2 + 4 },
    side: 'start',
  }
}

function byLane(a: Spot, b: Spot): Way {
  const x = main - halfWidth - lane
  const y = a.y + 10
  const points = [{ x: main - halfWidth, y }, { x, y }, { x, y: b.y }, { x: outer + halfWidth + tip, y: b.y }] // prettier-ignore
  return { points, label: { x: x - 5, y: (a.y + b.y) / 2 + 4 }, side: 'end' }
}

/** Back to itself, at the upper outer corner: names of ways from above, and lanes, are on the inner side. */
function loop({ x, y }: Spot): Way {
  const [left, right, top] = [x - halfWidth + 4, x - halfWidth + 13, y - halfHeight]
  const points = [{ x: left, y: top }, { x: left, y: top - 9 }, { x: right, y: top - 9 }, { x: right, y: top - tip }] // prettier-ignore
  return { points, label: { x: right + 4, y: top - 7 }, side: 'start', room: 5 }
}

const radius = 8

/** A path through the points with rounded corners. */
function rounded(points: readonly Spot[]): string {
  const corner = (place: number) => {
    const [before, at, after] = [points[place - 1]!, points[place]!, points[place + 1]!]
    const towards = (other: Spot) => {
      const length = Math.hypot(other.x - at.x, other.y - at.y)
      const share = length === 0 ? 0 : Math.min(radius, length / 2) / length
      return `${at.x + (other.x - at.x) * share} ${at.y + (other.y - at.y) * share}`
    }
    return `L${towards(before)}Q${at.x} ${at.y} ${towards(after)}`
  }
  const [first, last] = [points[0]!, points.at(-1)!]
  const corners = points.slice(1, -1).map((_point, place) => corner(place + 1))
  return `M${first.x} ${first.y}${corners.join('')}L${last.x} ${last.y}`
}
