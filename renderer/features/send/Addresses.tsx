/** Owns: who the message is from and for, in its header fields, and in its envelope where that differs. */
import { useServices } from '#renderer/flows/services.ts'
import type { Draft } from '#renderer/model/compose.ts'
import type { FormField } from '#renderer/model/composeFields.ts'
import { Button } from 'react-aria-components'
import { IconButton } from '#renderer/ui/IconButton.tsx'
import { Menu } from '#renderer/ui/Menu.tsx'
import { TextField } from '#renderer/ui/TextField.tsx'
import styles from './Form.module.css'
import { useCompose, useDraft, useProblem } from './useDraft.ts'

type TextKey = 'cc' | 'bcc' | 'replyTo'
type ShownKey = 'ccShown' | 'bccShown' | 'replyToShown'
interface Further {
  field: TextKey & FormField
  shown: ShownKey
  label: string
  note: string
}
const further: readonly Further[] = [
  { field: 'cc', shown: 'ccShown', label: 'Cc', note: 'a copy, seen by all' },
  { field: 'bcc', shown: 'bccShown', label: 'Bcc', note: 'in the envelope only' },
  { field: 'replyTo', shown: 'replyToShown', label: 'Reply-To', note: 'where answers go' },
]

/** The fields that can be added; each leads the focus into itself. */
function More() {
  const { stores } = useServices()
  const { draft, change } = useDraft()
  const { draft: sent } = stores.compose.getState()
  const items = further
    .filter(({ shown }) => !draft[shown])
    .map(({ shown, label, note }) => ({
      id: shown,
      label,
      note,
      onAction: () => change({ [shown]: true } satisfies Partial<Draft>),
    }))
  const envelope = {
    id: 'envelope',
    label: 'Another envelope',
    note: 'apart from the header fields',
    onAction: () => change({ envelopeShown: true, envelopeTo: sent.to, envelopeFrom: sent.from }),
  }
  const all = draft.envelopeShown || draft.way === 'http' ? items : [...items, envelope]
  if (all.length === 0) return null
  return (
    <Menu
      label="Further addresses"
      trigger={
        <Button className={styles.cc ?? ''} aria-label="Further addresses: cc, bcc, reply-to, envelope">
          + cc
        </Button>
      }
      items={all}
    />
  )
}

function FurtherField({ field, shown, label }: Further) {
  const { draft, change } = useDraft()
  return (
    <div className={styles.half} data-field={field}>
      <TextField
        label={label}
        // eslint-disable-next-line jsx-a11y/no-autofocus -- the person just asked for this field
        autoFocus={draft[field] === ''}
        value={draft[field]}
        onChange={(value) => change({ [field]: value }, field)}
        error={useProblem(field)}
        after={
          <IconButton
            icon="close"
            label={`No ${label}`}
            size="s"
            onPress={() => change({ [shown]: false, [field]: '' }, field)}
          />
        }
      />
    </div>
  )
}

function Envelope() {
  const { draft, change } = useDraft()
  return (
    <div className={styles.row}>
      <div className={styles.wide} data-field="envelopeFrom">
        <TextField
          label="Envelope from (MAIL FROM)"
          mono
          placeholder="as in From; <> for none"
          value={draft.envelopeFrom}
          onChange={(envelopeFrom) => change({ envelopeFrom }, 'envelopeFrom')}
          error={useProblem('envelopeFrom')}
        />
      </div>
      <div className={styles.wide} data-field="envelopeTo">
        <TextField
          label="Envelope to (RCPT TO)"
          mono
          placeholder="as in To, Cc and Bcc"
          value={draft.envelopeTo}
          onChange={(envelopeTo) => change({ envelopeTo }, 'envelopeTo')}
          error={useProblem('envelopeTo')}
          after={
            <IconButton
              icon="close"
              label="The envelope as the header fields say"
              size="s"
              onPress={() =>
                change(
                  { envelopeShown: false, envelopeFrom: '', envelopeTo: '' },
                  'envelopeFrom',
                  'envelopeTo',
                )
              }
            />
          }
        />
      </div>
    </div>
  )
}

export function Addresses() {
  const { draft, change } = useDraft()
  const raw = useCompose((compose) => compose.raw !== null)
  const shown = further.filter(({ shown: key }) => draft[key])
  return (
    <>
      <div className={styles.row}>
        <div className={styles.wide} data-field="from">
          <TextField
            label="From"
            placeholder={raw ? 'as in the raw message' : 'Name <you@example.com>'}
            value={draft.from}
            onChange={(from) => change({ from }, 'from')}
            error={useProblem('from')}
          />
        </div>
        <div className={styles.wide} data-field="to">
          <TextField
            label="To"
            placeholder={raw ? 'as in the raw message' : 'one or more, with commas'}
            value={draft.to}
            onChange={(to) => change({ to }, 'to')}
            error={useProblem('to')}
            after={<More />}
          />
        </div>
      </div>
      {shown.length > 0 && (
        <div className={styles.row}>
          {shown.map((one) => (
            <FurtherField key={one.field} {...one} />
          ))}
        </div>
      )}
      {draft.envelopeShown && draft.way === 'smtp' && <Envelope />}
    </>
  )
}
