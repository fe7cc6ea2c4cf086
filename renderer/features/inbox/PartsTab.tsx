/** Owns: the MIME tree with sizes, types and encodings; saving a part, looking at a picture. A picture is decoded as pixels alone. */
import { useEffect, useState, type CSSProperties } from 'react'
import { loadPart, loadParts, savePart } from '#renderer/flows/inbox.ts'
import { useServices } from '#renderer/flows/services.ts'
import { wordsOf } from '#renderer/flows/transcripts.ts'
import { spelled } from '#renderer/model/inbox.ts'
import { isContainer, isPicture, partFileName, partWords } from '#renderer/model/inboxParts.ts'
import { sizeShort } from '#renderer/model/measures.ts'
import type { MessagePart } from '#shared/rpc/contract/inbox.ts'
import { Banner } from '#renderer/ui/Banner.tsx'
import { Button } from '#renderer/ui/Button.tsx'
import { Icon } from '#renderer/ui/Icon.tsx'
import { useFirst } from '#renderer/ui/useFirst.tsx'
import styles from './PartsTab.module.css'

interface PartProps {
  id: string
  part: MessagePart
  onProblem: (problem: string | undefined) => void
}

/** An image element never runs what is in the octets; the type is one of the page's own list, not the sender's word. */
function Picture({ id, part, onProblem }: PartProps) {
  const services = useServices()
  const [address, setAddress] = useState<string>()
  useEffect(() => {
    let made: string | undefined
    let gone = false
    const read = async () => {
      const bytes = await loadPart(services, id, part.path)
      if (gone) return
      made = URL.createObjectURL(new Blob([bytes], { type: part.type }))
      setAddress(made)
    }
    read().catch((error: unknown) => !gone && onProblem(wordsOf(error)))
    return () => {
      gone = true
      if (made !== undefined) URL.revokeObjectURL(made)
    }
  }, [services, id, part.path, part.type, onProblem])
  if (address === undefined) return null
  return (
    <img
      className={styles.picture}
      src={address}
      alt={`Part ${part.path}, ${part.name || part.type}`}
      onError={() =>
        onProblem(`Part ${part.path} says that it is ${part.type}, and cannot be decoded as that.`)
      }
    />
  )
}

function Part({ id, part, onProblem }: PartProps) {
  const services = useServices()
  const [shown, setShown] = useState(false)
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a custom property
  const indent = { '--depth': part.depth } as CSSProperties
  const name = part.name === '' ? '' : spelled(part.name)
  return (
    <li className={styles.part} style={indent}>
      <div className={styles.line}>
        <span className={styles.path}>{part.path}</span>
        <span className={styles.icon}>
          <Icon name={isContainer(part) ? 'list' : part.name === '' ? 'file' : 'attachment'} size="s" />
        </span>
        <span className={styles.type}>{part.type}</span>
        {name !== '' && <span className={styles.name}>{name}</span>}
        <span className={styles.how}>{partWords(part)}</span>
        <span className={styles.size}>{sizeShort(part.size)}</span>
        <span className={styles.acts}>
          {isPicture(part) && (
            <Button
              tone="quiet"
              onPress={() => setShown(!shown)}
              aria-label={`${shown ? 'Hide' : 'Show'} part ${part.path}`}
            >
              {shown ? 'Hide' : 'Show'}
            </Button>
          )}
          {!isContainer(part) && (
            <Button
              tone="quiet"
              aria-label={`Save part ${part.path}`}
              onPress={() => void savePart(services, id, part.path, partFileName(part)).then(onProblem)}
            >
              Save
            </Button>
          )}
        </span>
      </div>
      {shown && <Picture id={id} part={part} onProblem={onProblem} />}
    </li>
  )
}

type Tree = Awaited<ReturnType<typeof loadParts>>

const drawnAtOnce = 100

type PartsProps = Pick<Tree, 'parts'> & Pick<PartProps, 'id' | 'onProblem'>

function Parts({ parts, id, onProblem }: PartsProps) {
  const { drawn, more } = useFirst(parts, drawnAtOnce, 'parts')
  return (
    <>
      <ul className={styles.tree} aria-label="Parts of the message">
        {drawn.map((part) => (
          <Part key={part.path} id={id} part={part} onProblem={onProblem} />
        ))}
      </ul>
      {more}
    </>
  )
}

export function PartsTab({ id }: { id: string }) {
  const services = useServices()
  const [tree, setTree] = useState<Tree>()
  const [problem, setProblem] = useState<string>()
  useEffect(() => {
    let gone = false
    const read = async () => {
      const found = await loadParts(services, id)
      if (!gone) setTree(found)
    }
    read().catch((error: unknown) => !gone && setProblem(wordsOf(error)))
    return () => {
      gone = true
    }
  }, [services, id])
  return (
    <div className={styles.parts}>
      {problem && (
        <Banner tone="bad" live="alert">
          {problem}
        </Banner>
      )}
      {tree?.problems.map((one) => (
        <Banner key={one} tone="warn">
          {one}
        </Banner>
      ))}
      {tree && <Parts key={id} parts={tree.parts} id={id} onProblem={setProblem} />}
      {tree && tree.more > 0 && (
        <p className={styles.more}>
          {tree.more.toLocaleString('en-US')} more parts are not listed; the source holds them.
        </p>
      )}
    </div>
  )
}
