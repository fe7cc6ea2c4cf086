/** Owns: the picture of one end: its states, the ways taken in this dialogue, and where it stands at the cursor. */
import { clientStates, serverStates } from '#shared/smtp/machine/table.ts'
import type { End } from '#renderer/model/stateSteps.ts'
import { drawnEdges, mapSize, placeOf, type DrawnEdge } from '#renderer/model/stateMap.ts'
import type { TakenEdge } from '#renderer/model/stateTrack.ts'
import { stateName } from '#renderer/model/stateWords.ts'
import { cx } from '#renderer/ui/cx.ts'
import styles from './States.module.css'

const { width, height, nodeWidth, nodeHeight } = mapSize
const states: Readonly<Record<End, readonly string[]>> = {
  client: Object.keys(clientStates),
  server: Object.keys(serverStates),
}

const look = ({ count, ahead }: DrawnEdge): string | undefined =>
  count === 0 ? styles.usual : ahead ? styles.ahead : styles.taken

function Edges({ end, edges }: { end: End; edges: readonly DrawnEdge[] }) {
  const marker = (edge: DrawnEdge) => `${end}-${edge.count === 0 ? 'usual' : edge.ahead ? 'ahead' : 'taken'}`
  return (
    <>
      <defs>
        {(['usual', 'ahead', 'taken'] as const).map((name) => (
          <marker
            key={name}
            id={`${end}-${name}`}
            className={styles[name]}
            viewBox="0 0 8 8"
            refX="6"
            refY="4"
            markerWidth="7"
            markerHeight="7"
            markerUnits="userSpaceOnUse"
            orient="auto"
          >
            <path d="M0 0.8L7 4L0 7.2Z" />
          </marker>
        ))}
      </defs>
      {edges.map((edge) => (
        <path
          key={edge.key}
          className={cx(styles.edge, look(edge))}
          d={edge.path}
          markerEnd={`url(#${marker(edge)})`}
        />
      ))}
      {edges.map((edge) => (
        <text
          key={edge.key}
          className={cx(styles.label, look(edge))}
          x={edge.label.x}
          y={edge.label.y}
          textAnchor={edge.label.side}
        >
          {edge.label.text}
          {edge.label.below !== '' && (
            <tspan x={edge.label.x} dy={11}>
              {edge.label.below}
            </tspan>
          )}
        </text>
      ))}
    </>
  )
}

/** A small window shows a part of the map: the part where the end stands. React calls it when a state becomes the one of now. */
const intoView = (node: SVGGElement | null) => node?.scrollIntoView?.({ block: 'nearest', inline: 'nearest' })

function Node({ end, state, now, visited }: { end: End; state: string; now: boolean; visited: boolean }) {
  const { x, y } = placeOf(end, state)
  return (
    <g
      className={cx(styles.node, visited && styles.visited, now && styles.now)}
      ref={now ? intoView : undefined}
    >
      <rect x={x - nodeWidth / 2} y={y - nodeHeight / 2} width={nodeWidth} height={nodeHeight} rx={7} />
      <text x={x} y={y + 4} textAnchor="middle">
        {stateName(end, state)}
      </text>
    </g>
  )
}

interface StateMapProps {
  end: End
  /** The state at the cursor. */
  state: string
  cursor: number
  taken: ReadonlyMap<string, TakenEdge>
}

export function StateMap({ end, state, cursor, taken }: StateMapProps) {
  const edges = drawnEdges(end, taken, cursor)
  const visited = new Set(['connecting', ...[...taken.values()].flatMap(({ edge }) => [edge.from, edge.to])])
  const name = end === 'client' ? 'client' : 'server'
  return (
    <svg
      className={styles.map}
      viewBox={`0 0 ${width} ${height}`}
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- an img element cannot hold a drawing made of data
      role="img"
      aria-label={`States of the ${name}. Now: ${stateName(end, state)}. The same as a list below.`}
    >
      <Edges end={end} edges={edges} />
      {states[end].map((one) => (
        <Node key={one} end={end} state={one} now={one === state} visited={visited.has(one)} />
      ))}
    </svg>
  )
}
