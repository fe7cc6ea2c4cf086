/** Owns: the form as a whole: its head, its parts, and what lies over it. */
import { useServices, useShare } from '#renderer/flows/services.ts'
import { chooseShare, openShare } from '#renderer/flows/share.ts'
import { commandFormats } from '#shared/transcript/export/types.ts'
import { formats } from '#shared/transcript/export/formats.ts'
import { Banner } from '#renderer/ui/Banner.tsx'
import { Button } from '#renderer/ui/Button.tsx'
import { Menu } from '#renderer/ui/Menu.tsx'
import { ConnectionSheet } from './ConnectionSheet.tsx'
import { Foot } from './Foot.tsx'
import styles from './Form.module.css'
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

/** A command repeats a dialogue: before the first one there is none to write. */
function CopyAsCommand() {
  const services = useServices()
  const session = useCompose((compose) => compose.run?.session)
  const sharing = useShare((share) => share.session !== null)
  const share = (format: (typeof commandFormats)[number]) => {
    if (session === undefined) return
    chooseShare(services, { format })
    openShare(services, session)
  }
  return (
    <Menu
      label="Copy as command"
      trigger={
        <Button tone="quiet" icon="copy" isDisabled={session === undefined || sharing}>
          Copy as command
        </Button>
      }
      items={commandFormats.map((format) => ({
        id: format,
        label: formats.get(format)?.name ?? format,
        onAction: () => share(format),
      }))}
    />
  )
}

export function SendForm({ commandKey }: { commandKey: string }) {
  const form = useFieldFocus()
  const problem = useProblem('form')
  return (
    <div className={styles.form} ref={form}>
      <header className={styles.head}>
        <h1>Send a test message</h1>
        <span className={styles.space} />
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
        <WhereGroup />
        <SignInGroup />
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
