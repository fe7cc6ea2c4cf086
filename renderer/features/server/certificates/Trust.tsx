/** Owns: how each system and program is told to trust the app's authority, and to trust it no more. */
import { useState } from 'react'
import { useConnection } from '#renderer/flows/services.ts'
import { firstGuide } from '#renderer/model/certificates.ts'
import { trustCommand, trustGuides, type TrustGuide, type TrustStep } from '#shared/knowledge/trust.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { Dialog } from '#renderer/ui/Dialog.tsx'
import { Tabs } from '#renderer/ui/Tabs.tsx'
import { CommandLine } from '../CommandLine.tsx'
import styles from './Trust.module.css'

interface StepsProps {
  guide: TrustGuide
  steps: readonly TrustStep[]
  path: string
}

function Steps({ guide, steps, path }: StepsProps) {
  return (
    <ol className={styles.steps}>
      {steps.map((step) => {
        const command = trustCommand(guide, step, path)
        return (
          <li key={step.words}>
            <p>{step.words}</p>
            {command !== null && <CommandLine command={command} />}
          </li>
        )
      })}
    </ol>
  )
}

function Guide({ guide, path }: { guide: TrustGuide; path: string }) {
  return (
    <div className={styles.guide}>
      <p className={styles.reach}>{guide.reach}</p>
      <Steps guide={guide} steps={guide.trust} path={path} />
      <h3>To take it back</h3>
      <Steps guide={guide} steps={guide.undo} path={path} />
    </div>
  )
}

export function Trust({ path, onClose }: { path: string; onClose: () => void }) {
  const platform = useConnection((connection) => connection.info?.platform ?? '')
  const [chosen, setChosen] = useState(() => firstGuide(platform))
  return (
    <Dialog
      open
      wide="very"
      title="Trust the app’s authority"
      onClose={onClose}
      actions={
        <Button size="l" onPress={onClose}>
          Close
        </Button>
      }
    >
      <div className={styles.body}>
        <p>
          Whoever trusts it trusts whatever it signs. Its key lies on this computer only; still, trust it
          where you test, and take it back when you are done.
        </p>
        <Tabs
          label="System or program"
          selected={chosen}
          onSelect={setChosen}
          items={trustGuides.map((guide) => ({
            id: guide.id,
            label: guide.name,
            content: <Guide guide={guide} path={path} />,
          }))}
        />
      </div>
    </Dialog>
  )
}
