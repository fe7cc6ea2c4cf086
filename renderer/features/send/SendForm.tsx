/** Owns: the form as a whole: its head, its parts, and what lies over it. */
import { useState } from 'react'
import { requestOf } from '#renderer/flows/send.ts'
import { useServices } from '#renderer/flows/services.ts'
import { chooseShare, shareAt } from '#renderer/flows/share.ts'
import { commandFormats } from '#shared/transcript/export/types.ts'
import { formats } from '#shared/transcript/export/formats.ts'
import { Banner } from '#renderer/ui/Banner.tsx'
import { Button } from '#renderer/ui/Button.tsx'
import { Menu } from '#renderer/ui/Menu.tsx'
import { ApiKeyGroup, ApiWhereGroup } from './ApiGroups.tsx'
import { ConnectionSheet } from './ConnectionSheet.tsx'
import { Foot } from './Foot.tsx'
import styles from './Form.module.css'
import { ManyPanel } from './many/ManyPanel.tsx'
import { MessageGroup } from './MessageGroup.tsx'
import { MessageSheet } from './MessageSheet.tsx'
import { ProfileDialogs } from './ProfileDialogs.tsx'
import { ProfileMenu } from './ProfileMenu.tsx'
import { ProfileNotice } from './ProfileNotice.tsx'
import { SignInGroup } from './SignInGroup.tsx'
import { StopDialog } from './StopDialog.tsx'
import { useCompose, useProblem } from './useDraft.ts'
import { useFieldFocus } from './useFieldFocus.ts'
import { WhereGroup } from './WhereGroup.tsx'

/** A command repeats a dialogue: before the first one there is none to write. Of these programs only curl speaks HTTP. */
function CopyAsCommand() {
  const services = useServices()
  const session = useCompose(({ run }) => run?.session)
  const http = useCompose(({ run }) => run?.draft?.way === 'http')
  const offered = http ? (['curl'] as const) : commandFormats
  const share = (format: (typeof commandFormats)[number]) => {
    if (session === undefined) return
    chooseShare(services, { format })
    shareAt(services, session)
  }
  return (
    <Menu
      label="Copy as command"
      trigger={
        <Button tone="quiet" icon="copy" isDisabled={session === undefined}>
          Copy as command
        </Button>
      }
      items={offered.map((format) => ({
        id: format,
        label: formats.get(format)?.name ?? format,
        onAction: () => share(format),
      }))}
    />
  )
}

/** The message of the form many times over, to a host that is confirmed by its name. */
function SendMany() {
  const services = useServices()
  const [open, setOpen] = useState(false)
  const host = useCompose((compose) => compose.draft.host.trim())
  return (
    <>
      <Button tone="quiet" aria-haspopup="dialog" aria-label="Many messages …" onPress={() => setOpen(true)}>
        Many …
      </Button>
      <ManyPanel
        open={open}
        onClose={() => setOpen(false)}
        host={host}
        prepare={() => requestOf(services, services.stores.compose.getState().draft)}
      />
    </>
  )
}

export function SendForm({ commandKey }: { commandKey: string }) {
  const form = useFieldFocus()
  const problem = useProblem('form')
  const http = useCompose((compose) => compose.draft.way === 'http')
  return (
    <div className={styles.form} ref={form}>
      <header className={styles.head}>
        <h1>Send a test message</h1>
        <span className={styles.space} />
        {!http && <SendMany />}
        <CopyAsCommand />
        <ProfileMenu />
      </header>
      <ProfileNotice />
      <div className={styles.body}>
        {problem && (
          <div className={styles.formProblem}>
            <Banner tone="bad" live="alert">
              {problem}
            </Banner>
          </div>
        )}
        {http ? <ApiWhereGroup /> : <WhereGroup />}
        {http ? <ApiKeyGroup /> : <SignInGroup />}
        <MessageGroup />
      </div>
      <Foot commandKey={commandKey} />
      <ConnectionSheet />
      <MessageSheet />
      <StopDialog />
      <ProfileDialogs />
    </div>
  )
}
