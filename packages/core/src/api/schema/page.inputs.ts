import { ArgsType, Field, Int } from 'type-graphql';
import { DEFAULT_PAGE_SIZE, type PageRequest } from '../../pages/page.ts';
import { CursorScalar } from './scalars.ts';

const after = { nullable: true, description: 'Those that come after this place.' };

/** The arguments of a list that is read from its beginning to its end. */
@ArgsType()
export class ForwardPageArgs implements PageRequest {
  @Field(() => Int, { defaultValue: DEFAULT_PAGE_SIZE, description: 'How many, 1 to 500.' })
  first!: number;
  @Field(() => CursorScalar, after)
  after!: string | null;
}

/** The arguments of a list that is read in either direction, or by number. */
@ArgsType()
export class PageArgs implements PageRequest {
  @Field(() => Int, { nullable: true, description: 'How many, 1 to 500; 50 when left out.' })
  first!: number | null;
  @Field(() => CursorScalar, after)
  after!: string | null;
  @Field(() => Int, { nullable: true, description: 'How many counted from the end, 1 to 500.' })
  last!: number | null;
  @Field(() => CursorScalar, {
    nullable: true,
    description: 'Those that come before this place; goes with `last`.',
  })
  before!: string | null;
  @Field(() => Int, { nullable: true, description: 'How many to skip; for clients that page by number.' })
  offset!: number | null;
}
