import type { Metadata } from 'next';
import { TokenList } from '@/features/tokens/components/token-list.tsx';

export const metadata: Metadata = { title: 'Tokens' };

export default function TokensPage() {
  return <TokenList />;
}
