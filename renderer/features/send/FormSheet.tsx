/** Owns: the pane beside the form in which its less usual fields lie: a title, parts with names, and the way back. */
import { useId, type ReactNode } from 'react'
import { useServices } from '#renderer/flows/services.ts'
import type { Sheet as SheetName } from '#renderer/model/composeFields.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { IconButton } from '#renderer/ui/IconButton.tsx'
import { Sheet } from '#renderer/ui/Sheet.tsx'
import styles from './FormSheet.module.css'
import { useFieldFocus } from './useFieldFocus.ts'
import { useCompose } from './useDraft.ts'

export interface FormSheetProps {
  name: SheetName
  title: string
  children: ReactNode
}

/** Only while it is open: then the field that is wrong, if one is, takes the focus. */
function Content({ title, children, onClose }: { title: string; children: ReactNode; onClose: () => void }) {
  const body = useFieldFocus(true)
  return (
    <>
      <header className={styles.head}>
        <h2>{title}</h2>
        <IconButton icon="close" label="Back to the form" onPress={onClose} />
      </header>
      <div className={styles.body} ref={body}>
        {children}
      </div>
      <footer className={styles.foot}>
        <span>Every change counts at once.</span>
        <Button tone="primary" onPress={onClose}>
          Done
        </Button>
      </footer>
    </>
  )
}

export function FormSheet({ name, title, children }: FormSheetProps) {
  const { stores } = useServices()
  const open = useCompose((compose) => compose.sheet === name)
  const close = () => stores.compose.getState().set({ sheet: null })
  return (
    <Sheet open={open} label={title} side="right" width={520} onClose={close}>
      <Content title={title} onClose={close}>
        {children}
      </Content>
    </Sheet>
  )
}

/** A named part of a sheet. `about` says in a sentence what it does. */
export function SheetPart({ name, about, children }: { name: string; about?: string; children: ReactNode }) {
  const id = useId()
  return (
    <section className={styles.part} aria-labelledby={id}>
      <h3 id={id}>{name}</h3>
      {about && <p className={styles.about}>{about}</p>}
      {children}
    </section>
  )
}
