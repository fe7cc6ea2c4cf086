/** Owns: the configuration as text, both ways: checked while it is typed, taken when it is right, copied and saved as a file. */
import { useEffect, useRef, useState } from 'react'
import { downloadRules, saveRules, type Listening, type RulesOf } from '#renderer/flows/relayRules.ts'
import { useServices } from '#renderer/flows/services.ts'
import { hasErrors, offsetOf, type ProblemOf } from '#renderer/model/relayStatus.ts'
import { isLoopback } from '#renderer/model/hosts.ts'
import type { RelayPolicy } from '#shared/relay/policy.ts'
import { Banner } from '#renderer/ui/Banner.tsx'
import { Button } from '#renderer/ui/Button.tsx'
import { Checkbox } from '#renderer/ui/Checkbox.tsx'
import { CopyButton } from '#renderer/ui/CopyButton.tsx'
import { Dialog } from '#renderer/ui/Dialog.tsx'
import { ConfigText } from './ConfigText.tsx'
import styles from './TextDialog.module.css'
import { TextCheck } from './TextCheck.tsx'
import { useReading } from './useReading.ts'
import { useRelay } from './useRelay.ts'

/** Octets of a file that is read; more is no configuration (4,000,000 characters are taken). */
const mostOctets = 8_000_000

function FileButton({
  onText,
  onProblem,
}: {
  onText: (text: string) => void
  onProblem: (words: string) => void
}) {
  const input = useRef<HTMLInputElement>(null)
  const take = async (file: File | undefined) => {
    if (file === undefined) return
    if (file.size > mostOctets) return onProblem(`“${file.name}” is larger than 8 MB: no configuration is.`)
    try {
      onText(await file.text())
    } catch {
      onProblem(`“${file.name}” could not be read.`)
    }
  }
  return (
    <>
      <Button tone="quiet" icon="file" onPress={() => input.current?.click()}>
        Open a file
      </Button>
      <input
        ref={input}
        type="file"
        hidden
        aria-label="Configuration file"
        onChange={(event) => {
          void take(event.target.files?.[0])
          event.target.value = ''
        }}
      />
    </>
  )
}

function useTaking(text: string, onClose: () => void) {
  const services = useServices()
  const [refused, setRefused] = useState<readonly ProblemOf[]>([])
  const [busy, setBusy] = useState(false)
  const take = async (listening: Listening) => {
    setBusy(true)
    const answer = await saveRules(services, { text }, listening)
    setBusy(false)
    if (answer.saved) onClose()
    else setRefused(answer.problems)
  }
  return { take, busy, refused, forget: () => setRefused([]) }
}

interface ListensProps {
  policy: RelayPolicy
  listening: Listening
  onChange: (listening: Listening) => void
}

/** Whether the text's listeners are taken too, and consent where other machines could reach them. */
function Listens({ policy: { listeners }, listening, onChange }: ListensProps) {
  if (listeners.length === 0) return null
  const outside = listeners.some(({ address }) => address === undefined || !isLoopback(address))
  return (
    <>
      <Checkbox selected={listening.listeners} onChange={(on) => onChange({ ...listening, listeners: on })} hint={listening.listeners ? 'The relay’s listeners become those of the text.' : 'The listeners stay as they are.'}>
        Listen where the text says
      </Checkbox>
      {outside && listening.listeners && (
        <Checkbox selected={listening.allowOutside} onChange={(allowOutside) => onChange({ ...listening, allowOutside })} hint={listening.allowOutside ? 'Whoever reaches this computer can try to relay by these rules.' : 'They listen on this computer only.'}>
          Other machines may reach it
        </Checkbox>
      )}
    </>
  )
} // prettier-ignore

interface LeavingProps {
  onStay: () => void
  onLeave: () => void
}

/** In place of the buttons, where the dialog was to close over a text that is nowhere else. The harmless answer has the focus. */
function LeavingActions({ onStay, onLeave }: LeavingProps) {
  const harmless = useRef<HTMLButtonElement>(null)
  useEffect(() => harmless.current?.focus(), [])
  return (
    <>
      <Button tone="primary" size="l" ref={harmless} onPress={onStay}>
        Go on editing
      </Button>
      <Button tone="danger" size="l" onPress={onLeave}>
        Throw the text away
      </Button>
    </>
  )
}

/** `leave`: asks first where a text would be lost; asked again, by Escape, it is the harmless answer. */
function useLeaving(typed: boolean, onClose: () => void) {
  const [asked, setAsked] = useState(false)
  const stay = () => setAsked(false)
  return { asked, stay, leave: () => (typed ? setAsked(!asked) : onClose()) }
}

interface FormProps {
  /** Those in force. */
  now: RulesOf
  onClose: () => void
}

function TextForm({ now, onClose }: FormProps) {
  const [began] = useState(now.text)
  const [text, setText] = useState(began)
  const [listening, setListening] = useState<Listening>({ listeners: true, allowOutside: false })
  const [fileProblem, setFileProblem] = useState<string>()
  const area = useRef<HTMLTextAreaElement>(null)
  const { read, checking } = useReading(text)
  const { take, busy, refused, forget } = useTaking(text, onClose)
  const { asked, stay, leave } = useLeaving(text !== began && text.trim() !== '', onClose)
  const change = (next: string) => {
    setText(next)
    setFileProblem(undefined)
    forget()
  }
  const goTo = ({ line, column }: ProblemOf) => {
    if (line === undefined || area.current === null) return
    const { from, to } = offsetOf(text, line, column)
    area.current.focus()
    area.current.setSelectionRange(from, to)
    area.current.scrollTop = Math.max(0, (line - 4) * 18)
    // A scroll by program tells its listeners in the next frame only.
    area.current.dispatchEvent(new Event('scroll'))
  }
  const rules = read?.ok === true ? read.rules : null
  const problems = refused.length > 0 ? refused : (rules?.problems ?? [])
  const ready = rules !== null && !checking && text.trim() !== '' && !hasErrors(rules.problems)
  return (
    <Dialog
      open
      wide="very"
      title="Configuration"
      onClose={leave}
      actions={
        asked ? (
          <LeavingActions onLeave={onClose} onStay={() => (stay(), area.current?.focus())} />
        ) : (
        <>
          <Button tone="primary" size="l" isDisabled={!ready || busy} onPress={() => void take(listening)}>
            Apply
          </Button>
          <Button size="l" onPress={leave}>
            Cancel
          </Button>
          <span className={styles.space} />
          <FileButton onText={change} onProblem={setFileProblem} />
          <CopyButton text={text} tone="quiet">
            Copy
          </CopyButton>
          <Button tone="quiet" icon="export" onPress={() => downloadRules(text)}>
            Save as file
          </Button>
        </>
        )
      }
    >
      <div className={styles.body}>
        <ConfigText text={text} onChange={change} problems={problems} areaRef={area} />
        <div className={styles.side}>
          {asked && <Banner tone="warn" live="alert">What you changed here is not applied, and is kept nowhere else.</Banner>}
          {now.text !== began && <Banner tone="warn" live="alert">The rules were changed elsewhere meanwhile. This text takes those changes back; see what would change.</Banner>}
          {fileProblem && <Banner tone="bad" live="alert">{fileProblem}</Banner>}
          <TextCheck read={read} checking={checking} problems={problems} before={now.policy} empty={text.trim() === ''} onGo={goTo} />
          {rules !== null && <Listens policy={rules.policy} listening={listening} onChange={setListening} />}
        </div>
      </div>
    </Dialog>
  )
} // prettier-ignore

/** A text that began empty because the rules were not there yet would take all of them away. */
export function TextDialog({ onClose }: Omit<FormProps, 'now'>) {
  const now = useRelay((relay) => relay.rules)
  return now && <TextForm now={now} onClose={onClose} />
}
