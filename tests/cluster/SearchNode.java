import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.opensearch.analysis.common.CommonAnalysisPlugin;
import org.opensearch.common.settings.Settings;
import org.opensearch.index.mapper.MapperExtrasPlugin;
import org.opensearch.node.InternalSettingsPreparer;
import org.opensearch.node.Node;
import org.opensearch.painless.PainlessPlugin;
import org.opensearch.plugins.Plugin;
import org.opensearch.transport.Netty4Plugin;

/**
 * One node of the test cluster, in a process of its own: name, folder, port, seed hosts.
 *
 * <p>The server of a real cluster comes from OpenSearch's own packages; this starts the same
 * server from its jars, with the modules that our index needs.
 */
public final class SearchNode extends Node {
  private static final List<Class<? extends Plugin>> MODULES =
      List.of(
          Netty4Plugin.class,
          CommonAnalysisPlugin.class,
          MapperExtrasPlugin.class,
          PainlessPlugin.class);

  private SearchNode(Settings settings, String name) {
    super(
        InternalSettingsPreparer.prepareEnvironment(settings, Map.of(), null, () -> name),
        MODULES,
        false);
  }

  public static void main(String[] arguments) throws Exception {
    String name = arguments[0];
    Path folder = Path.of(arguments[1]);
    Settings.Builder settings = Settings.builder().put("node.name", name);
    settings.put("path.home", folder.resolve("home")).put("path.data", folder.resolve("data"));
    settings.put("path.logs", folder.resolve("logs"));
    for (int each = 2; each < arguments.length; each++) {
      String[] setting = arguments[each].split("=", 2);
      settings.put(setting[0], setting[1]);
    }
    Node node = new SearchNode(settings.build(), name);
    CountDownLatch asked = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  try {
                    node.close();
                  } catch (Exception broken) {
                    broken.printStackTrace();
                  }
                  asked.countDown();
                }));
    node.start();
    System.out.println("started " + name);
    asked.await();
  }
}
