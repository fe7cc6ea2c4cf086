/** Owns: the rungs of the ladder: lines from the client, replies from the server, the body, and the planned ones. */
import type { PlannedLine } from '#shared/rpc/contract/dialogue.ts'
import type { EventOf } from '#shared/transcript/event.ts'
import { byHand, shownLines } from '#shared/transcript/shown.ts'
import type { BodyTotals } from '#renderer/model/ladderRows.ts'
import { countWords, sizeShort } from '#renderer/model/measures.ts'
import { lineParts, replyParts } from '#renderer/model/wire.ts'
import { cx } from '#renderer/ui/cx.ts'
import { Icon } from '#renderer/ui/Icon.tsx'
import styles from './Ladder.module.css'

const Hidden = () => (
  <span className={styles.hidden}>
    <Icon name="hidden" size="xs" />
    hidden
  </span>
)

const Edited = ({ event }: { event: EventOf<'line' | 'reply'> }) => (
  <span className={styles.tag}>
    <Icon name="edit" size="xs" />
    you {byHand(event)} this
  </span>
)

export function ClientLine({ event }: { event: EventOf<'line'> }) {
  const { verb, rest, secret } = lineParts(event)
  return (
    <>
      <span className={cx(styles.rung, styles.start)} />
      <span className={styles.text} data-wire>
        {verb && <b className={styles.strong}>{verb} </b>}
        <span className={cx(secret && styles.secret)}>{rest}</span>
      </span>
      {secret && <Hidden />}
      {event.edited && <Edited event={event} />}
      {event.cutFrom !== undefined && (
        <span className={styles.pill}>cut, {sizeShort(event.cutFrom)} in all</span>
      )}
      <span className={cx(styles.rung, styles.rest)} />
    </>
  )
}

function ReplyMark({ event }: { event: EventOf<'reply'> }) {
  if (event.malformed !== undefined || event.code === undefined)
    return (
      <span className={cx(styles.tag, styles.bad)}>
        <Icon name="bad" size="xs" />
        not as SMTP asks
      </span>
    )
  const first = Math.floor(event.code / 100)
  if (first !== 4 && first !== 5) return null
  return (
    <span className={cx(styles.tag, first === 4 ? styles.warn : styles.bad)}>
      <Icon name={first === 4 ? 'clock' : 'bad'} size="xs" />
      {first === 4 ? 'try later' : 'refused'}
    </span>
  )
}

/** `open`: the further lines of the reply are shown below. */
export function ServerReply({ event, open }: { event: EventOf<'reply'>; open: boolean }) {
  const { code, enhanced, text, lines, tone } = replyParts(event)
  return (
    <>
      <span className={cx(styles.rung, styles.start)} />
      <span className={styles.text} data-wire>
        {code && <b className={cx(styles.strong, styles[tone])}>{code} </b>}
        {enhanced && <span className={styles[tone]}>{enhanced} </span>}
        {text}
      </span>
      {lines.length > 1 && (
        <span className={styles.pill} data-fold>
          <Icon name={open ? 'down' : 'right'} size="xs" />
          {countWords(lines.length, 'line')}
        </span>
      )}
      <ReplyMark event={event} />
      {event.edited && <Edited event={event} />}
      <span className={cx(styles.rung, styles.rest)} />
    </>
  )
}

/** `open`: the parts of the message are shown below. */
export function BodyLine({ totals, open = false }: { totals: BodyTotals; open?: boolean }) {
  return (
    <>
      <span className={cx(styles.rung, styles.start)} />
      <span className={styles.pill} data-fold>
        <Icon name={open ? 'down' : 'right'} size="xs" />
        <Icon name="mail" size="s" />
        Body, {sizeShort(totals.size)}
        {totals.encoding === 'bdat' ? ' in counted pieces' : ''}
        {totals.last ? '' : ' so far'}
      </span>
      <span className={cx(styles.rung, styles.rest)} />
    </>
  )
}

export function Planned({ line, next }: { line: PlannedLine; next: boolean }) {
  const text = shownLines(line.raw, line.masked).join(' ')
  const verb = line.verb ?? ''
  const known = verb !== '' && text.toUpperCase().startsWith(verb)
  const rest = known ? text.slice(verb.length).trimStart() : text
  return (
    <>
      <span className={cx(styles.rung, styles.start)} />
      {line.kind === 'body' ? (
        <span className={styles.pill}>
          <Icon name="mail" size="s" />
          Body
        </span>
      ) : (
        <span className={styles.text}>
          {known && <b className={styles.strong}>{text.slice(0, verb.length)} </b>}
          {rest}
        </span>
      )}
      {line.secret && <Hidden />}
      {next && <span className={styles.nextWord}>next</span>}
      <span className={cx(styles.rung, styles.rest)} />
    </>
  )
}
