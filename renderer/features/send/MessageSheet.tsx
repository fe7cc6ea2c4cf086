/** Owns: what is less usual about the message: how it is written, its Date and Message-ID, reports, size and extensions. */
import type { Draft } from '#renderer/model/compose.ts'
import { charsets, encodings } from '#shared/rpc/contract/message.ts'
import { Checkbox } from '#renderer/ui/Checkbox.tsx'
import { Segmented } from '#renderer/ui/Segmented.tsx'
import { Select } from '#renderer/ui/Select.tsx'
import { TextField } from '#renderer/ui/TextField.tsx'
import { DkimPart } from './DkimPart.tsx'
import { ExtensionsPart } from './ExtensionsPart.tsx'
import { FormSheet, SheetPart } from './FormSheet.tsx'
import styles from './FormSheet.module.css'
import { useDraft, useProblem } from './useDraft.ts'
import { VariablesPart } from './VariablesPart.tsx'

const charsetOptions = charsets.map((value) => ({ value, label: value }))
const encodingLabels: Record<Draft['encoding'], string> = {
  auto: 'The shortest that fits',
  '7bit': '7bit',
  '8bit': '8bit',
  'quoted-printable': 'quoted-printable',
  base64: 'base64',
}
const encodingOptions = encodings.map((value) => ({ value, label: encodingLabels[value] }))

function WritingPart() {
  const { draft, change } = useDraft()
  return (
    <SheetPart name="How the text is written">
      <div className={styles.pair} data-field="charset">
        <Select
          label="Charset"
          value={draft.charset}
          options={charsetOptions}
          onChange={(charset) => change({ charset }, 'charset')}
          error={useProblem('charset')}
        />
        <Select
          label="Content-Transfer-Encoding"
          value={draft.encoding}
          options={encodingOptions}
          onChange={(encoding) => change({ encoding }, 'charset')}
        />
      </div>
    </SheetPart>
  )
}

const dateModes = [
  { value: 'now', label: 'Now' },
  { value: 'set', label: 'Another' },
  { value: 'none', label: 'None' },
] as const
const idModes = [
  { value: 'make', label: 'Made' },
  { value: 'set', label: 'Another' },
  { value: 'none', label: 'None' },
] as const

function StampsPart() {
  const { draft, change } = useDraft()
  const dateProblem = useProblem('date')
  const idProblem = useProblem('messageId')
  return (
    <SheetPart name="Date and Message-ID">
      <div className={styles.pair}>
        <div data-field="date">
          <Segmented<Draft['dateMode']> label="Date" stretch value={draft.dateMode} options={dateModes} onChange={(dateMode) => change({ dateMode }, 'date')} />
          {draft.dateMode === 'set' && (
            <TextField label="Date of the message" hideLabel mono placeholder="2026-03-04T10:42" value={draft.date} onChange={(date) => change({ date }, 'date')} error={dateProblem} />
          )}
        </div>
        <div data-field="messageId">
          <Segmented<Draft['messageIdMode']> label="Message-ID" stretch value={draft.messageIdMode} options={idModes} onChange={(messageIdMode) => change({ messageIdMode }, 'messageId')} />
          {draft.messageIdMode === 'set' && (
            <TextField label="Message-ID of the message" hideLabel mono placeholder="<test-41@example.com>" value={draft.messageId} onChange={(messageId) => change({ messageId }, 'messageId')} error={idProblem} />
          )}
        </div>
      </div>
    </SheetPart>
  )
} // prettier-ignore

const returned = [
  { value: 'unsaid', label: 'Not said' },
  { value: 'full', label: 'All of it' },
  { value: 'hdrs', label: 'Its head' },
] as const

function ReportsPart() {
  const { draft, change } = useDraft()
  const never = draft.notify.includes('never')
  return (
    <SheetPart name="Reports" about="Delivery status notifications, RFC 3461. Said only when the server offers DSN.">
      <div className={styles.pair}>
        <Segmented<Draft['ret']> label="A report brings back" stretch value={draft.ret} options={returned} onChange={(ret) => change({ ret })} />
        <div data-field="envid">
          <TextField label="Envelope id (ENVID)" mono placeholder="none" value={draft.envid} onChange={(envid) => change({ envid }, 'envid')} error={useProblem('envid')} />
        </div>
      </div>
      <div className={styles.held}>
        <Checkbox selected={draft.orcpt} onChange={(orcpt) => change({ orcpt }, 'envid')}>
          Name each original recipient (ORCPT)
        </Checkbox>
        <Checkbox selected={never} onChange={(on) => change({ notify: on ? ['never'] : [] }, 'dsn')}>
          Ask for no report at all (NOTIFY=NEVER)
        </Checkbox>
      </div>
    </SheetPart>
  )
} // prettier-ignore

export function MessageSheet() {
  const http = useDraft().draft.way === 'http'
  return (
    <FormSheet name="message" title="Message, in detail">
      <WritingPart />
      <StampsPart />
      <VariablesPart />
      <DkimPart />
      {!http && <ReportsPart />}
      {!http && <ExtensionsPart />}
    </FormSheet>
  )
}
