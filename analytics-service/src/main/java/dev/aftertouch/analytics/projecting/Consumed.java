package dev.aftertouch.analytics.projecting;

import dev.aftertouch.service.sql.Columns;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The offsets, kept with the projections. */
@Repository
class Consumed {
  private final JdbcClient jdbc;

  Consumed(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Where to go on; the beginning for a partition that was never read. */
  Map<TopicPartition, Long> positions(Collection<TopicPartition> partitions) {
    jdbc.sql(
            """
            INSERT INTO consumed (topic, partition, next_offset)
            SELECT topic, partition, 0 FROM unnest(:topics, :partitions) AS p (topic, partition) ORDER BY 2, 1
            ON CONFLICT (topic, partition) DO NOTHING
            """)
        .param("topics", Columns.texts(partitions, TopicPartition::topic))
        .param("partitions", Columns.optionalInts(partitions, TopicPartition::partition))
        .update();
    Map<TopicPartition, Long> positions =
        read(jdbc.sql("SELECT topic, partition, next_offset FROM consumed"));
    positions.keySet().retainAll(partitions);
    return positions;
  }

  /**
   * Where the lanes stand, locked until the end of the transaction. A lane is a partition number of
   * all topics: the facts of one customer.
   */
  Map<TopicPartition, Long> lock(Collection<Integer> lanes) {
    return read(
        jdbc.sql(
                """
                SELECT topic, partition, next_offset FROM consumed WHERE partition = ANY (:lanes)
                ORDER BY partition, topic FOR NO KEY UPDATE
                """)
            .param("lanes", Columns.optionalInts(lanes, lane -> lane)));
  }

  private static Map<TopicPartition, Long> read(JdbcClient.StatementSpec query) {
    Map<TopicPartition, Long> positions = new HashMap<>();
    query.query(
        row -> {
          positions.put(
              new TopicPartition(row.getString("topic"), row.getInt("partition")),
              row.getLong("next_offset"));
        });
    return positions;
  }

  /** Goes on at those offsets; never backwards. */
  void advance(Map<TopicPartition, Long> next) {
    List<TopicPartition> partitions = List.copyOf(next.keySet());
    jdbc.sql(
            """
            UPDATE consumed c SET next_offset = p.next_offset
            FROM unnest(:topics, :partitions, :next) AS p (topic, partition, next_offset)
            WHERE c.topic = p.topic AND c.partition = p.partition AND c.next_offset < p.next_offset
            """)
        .param("topics", Columns.texts(partitions, TopicPartition::topic))
        .param("partitions", Columns.optionalInts(partitions, TopicPartition::partition))
        .param("next", Columns.optionalLongs(partitions, next::get))
        .update();
  }
}
