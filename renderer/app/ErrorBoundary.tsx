/** Owns: a fault of the page's own. It is named as ours, the rest of the page goes on, and nothing recorded is lost. */
import { Component, type ReactNode } from 'react'
import { Button } from '../ui/Button.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'

interface Props {
  room: string
  children: ReactNode
}

export class ErrorBoundary extends Component<Props, { fault: string | null }> {
  override state: { fault: string | null } = { fault: null }

  static getDerivedStateFromError(error: unknown) {
    return { fault: error instanceof Error ? error.message : String(error) }
  }

  override render() {
    if (this.state.fault === null) return this.props.children
    return (
      <EmptyState
        icon="warn"
        title={`${this.props.room} could not be drawn. This is a fault of Relayscope.`}
        actions={<Button onPress={() => this.setState({ fault: null })}>Draw it again</Button>}
      >
        What was recorded is kept. The fault says: {this.state.fault}
      </EmptyState>
    )
  }
}
