/** Owns: what stands here while nothing has happened yet: three doors, each of which does something real at once. */
import { useLayoutEffect, useRef, useState, type ReactNode } from 'react'
import { startCatching } from '#renderer/flows/connection.ts'
import { testHost } from '#renderer/flows/probe.ts'
import { goTo } from '#renderer/flows/route.ts'
import { useConnection, useServices } from '#renderer/flows/services.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { Icon } from '#renderer/ui/Icon.tsx'
import { TextField } from '#renderer/ui/TextField.tsx'
import { CatchArt, FileArt, TestArt } from './DoorArt.tsx'
import { useReadFiles } from './DropTarget.tsx'
import styles from './FirstRun.module.css'

interface DoorProps {
  art: ReactNode
  title: string
  text: string
  foot: string
  children: ReactNode
}

function Door({ art, title, text, foot, children }: DoorProps) {
  return (
    <section className={styles.door}>
      {art}
      <div className={styles.text}>
        <h2>{title}</h2>
        <p>{text}</p>
        {children}
        <div className={styles.foot}>{foot}</div>
      </div>
    </section>
  )
}

function TestDoor({ onTyping }: { onTyping: (typing: boolean) => void }) {
  const services = useServices()
  const [host, setHost] = useState('')
  // From here on the Compare room shows what happens, and what is wrong with the name.
  const test = () => host.trim() !== '' && void testHost(services, host.trim())
  return (
    <Door
      art={<TestArt />}
      title="Test a server"
      text="Which of 25, 465, 587 and 2525 works from here, and why the others do not."
      foot="Takes a few seconds. Never sends a password."
    >
      <div className={styles.act}>
        <TextField
          label="Mail server"
          hideLabel
          look="l"
          mono
          placeholder="smtp.your-provider.example"
          value={host}
          onChange={(text) => {
            setHost(text)
            onTyping(text !== '')
          }}
          onKeyDown={(event) => event.key === 'Enter' && test()}
        />
        <Button tone="primary" size="l" isDisabled={host.trim() === ''} onPress={() => test()}>
          Test
        </Button>
      </div>
    </Door>
  )
}

function CatchDoor() {
  const services = useServices()
  const ports = useConnection((connection) => connection.ports)
  const [problem, setProblem] = useState<string>()
  const busy = useRef(false)
  const start = async () => {
    if (busy.current) return
    busy.current = true
    setProblem(await startCatching(services))
    busy.current = false
  }
  return (
    <Door
      art={<CatchArt port={ports[0]} />}
      title="Catch my app’s mail"
      text="Point an app at this computer. Its mail is kept here and goes no further."
      foot="No setup, no administrator rights, nothing leaves."
    >
      <div className={styles.act}>
        {/* One button throughout: one that is disabled, or another in its place, would lose the focus. */}
        <Button
          size="l"
          wide
          onPress={() => (ports.length === 0 ? void start() : goTo({ room: 'inbox', id: '' }))}
        >
          {ports.length === 0 ? 'Start catching' : `Catching on ${ports.join(', ')}. Open the Inbox`}
        </Button>
      </div>
      {problem && (
        <div className={styles.problem} role="alert">
          {problem}
        </div>
      )}
    </Door>
  )
}

function FileDoor() {
  const read = useReadFiles()
  const input = useRef<HTMLInputElement>(null)
  const { stores } = useServices()
  return (
    <Door
      art={<FileArt />}
      title="Open a dialogue"
      text="Read what somebody recorded, or what swaks, openssl, telnet or a mail log wrote, line by line."
      foot="Works offline. Secrets in it are masked."
    >
      <div className={styles.act}>
        <Button size="l" wide onPress={() => input.current?.click()}>
          Choose a file
        </Button>
        <Button size="l" onPress={() => stores.view.getState().set({ pasting: '' })}>
          Paste
        </Button>
        <input
          ref={input}
          type="file"
          hidden
          multiple
          aria-label="Files to read"
          onChange={(event) => read([...(event.target.files ?? [])])}
        />
      </div>
    </Door>
  )
}

export interface FirstRunProps {
  /** Shows the dialogue that came while somebody typed; absent while none has. */
  arrived?: (() => void) | undefined
  onTyping?: (typing: boolean) => void
  /** The doors go; whether the focus was at one of them. */
  onGone?: (focused: boolean) => void
}

const nobody = () => undefined

export function FirstRun({ arrived, onTyping = nobody, onGone = nobody }: FirstRunProps) {
  const page = useRef<HTMLElement>(null)
  useLayoutEffect(() => {
    const element = page.current
    return () => onGone(element?.contains(document.activeElement) ?? false)
  }, [onGone])
  return (
    <section ref={page} className={styles.page} aria-label="First steps" data-pane="center">
      <div className={styles.inner}>
        <h1>See what your mail server says.</h1>
        <p className={styles.lead}>
          Every connection becomes a conversation you can read, step through and show to somebody.
        </p>
        <div className={styles.doors}>
          <TestDoor onTyping={onTyping} />
          <CatchDoor />
          <FileDoor />
        </div>
        <output className={styles.arrived}>
          {arrived && (
            <>
              <span>A first dialogue is here.</span>
              <Button onPress={arrived}>Show it</Button>
            </>
          )}
        </output>
        <div className={styles.drop}>
          <Icon name="import" />
          <span>Or drop a case file or a log anywhere in this room, or paste its text.</span>
        </div>
        <ul className={styles.promises}>
          <li>
            <Icon name="shield" size="s" />
            Relayscope contacts only hosts you name.
          </li>
          <li>
            <Icon name="server" size="s" />
            The local server listens on this computer only, unless you say otherwise.
          </li>
          <li>
            <Icon name="hidden" size="s" />
            Secrets are masked before they are recorded.
          </li>
        </ul>
      </div>
    </section>
  )
}
