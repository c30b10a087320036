import { RotateCw, TriangleAlert } from 'lucide-react';
import { Component, type ErrorInfo, type ReactNode } from 'react';
import { Translation } from 'react-i18next';
import { Button } from './Button.tsx';
import { EmptyState } from './EmptyState.tsx';

/** A part of the page that broke says so in its own place, and the rest goes on. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { error: Error | null }> {
  override state: { error: Error | null } = { error: null };

  static getDerivedStateFromError(error: Error) {
    return { error };
  }

  override componentDidCatch(error: Error, info: ErrorInfo) {
    console.error('A part of the page broke.', error, info.componentStack);
  }

  override render() {
    if (!this.state.error) return this.props.children;
    const { message } = this.state.error;
    return (
      <Translation>
        {(t) => (
          <div role="alert" className="h-full">
            <EmptyState
              icon={TriangleAlert}
              title={t('error.brokenPart')}
              text={<span data-selectable>{message}</span>}
              action={
                <Button icon={RotateCw} onClick={() => this.setState({ error: null })}>
                  {t('common.retry')}
                </Button>
              }
            />
          </div>
        )}
      </Translation>
    );
  }
}
