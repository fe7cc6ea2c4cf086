/** Owns: the way between rooms. */
import { useField, useView } from '../flows/services.ts'
import { routeHash } from '../model/routes.ts'
import { cx } from '../ui/cx.ts'
import { Icon } from '../ui/Icon.tsx'
import styles from './Rail.module.css'
import { rooms } from './rooms.tsx'

/** More than this is not counted at a glance. */
const countedUpTo = 99

/** How many nobody has opened yet: messages, and sessions that left none. */
function Unread() {
  const unread = useField(
    (stores) => stores.inbox,
    (inbox) => inbox.unread,
  )
  if (unread === 0) return null
  return (
    <>
      <span className={styles.count} aria-hidden="true">
        {unread > countedUpTo ? `${countedUpTo}+` : unread}
      </span>
      <span className="visuallyHidden">, {unread.toLocaleString('en-US')} unread</span>
    </>
  )
}

const railRooms = rooms.filter(({ hidden }) => hidden !== true)

export function Rail() {
  const current = useView((view) => view.route.room)
  return (
    <nav className={styles.rail} aria-label="Rooms" data-pane="rail">
      {railRooms.map((room, place) => (
        <a
          key={room.id}
          href={routeHash({ room: room.id, id: '' })}
          aria-current={current === room.id ? 'page' : undefined}
          aria-keyshortcuts={`Control+${place + 1}`}
          className={cx(styles.room, current === room.id && styles.on, room.foot && styles.foot)}
        >
          <Icon name={room.icon} size="l" />
          {room.name}
          {room.id === 'inbox' && <Unread />}
        </a>
      ))}
    </nav>
  )
}
