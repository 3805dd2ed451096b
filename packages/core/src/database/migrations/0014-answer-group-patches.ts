import { Migration } from '@mikro-orm/migrations';

/** What a PATCH of a group is answered with is a setting of the connection, since clients differ in what they take for success. */
export class AnswerGroupPatches extends Migration {
  override up(): void {
    this.addSql(`ALTER TABLE connections ADD COLUMN group_patch_answer text NOT NULL DEFAULT 'NO_CONTENT'
      CONSTRAINT connections__group_patch_answer CHECK (group_patch_answer IN ('NO_CONTENT', 'RESOURCE'))`);
  }
}
